//! The days of an organization, as moments.

use chrono::{DateTime, Days, LocalResult, NaiveDate, NaiveTime, TimeZone, Utc};
use chrono_tz::{GapInfo, Tz};

use crate::time::Instant;

/// The first moment of a local day. Where clocks jump over midnight, the first moment after the jump.
pub(super) fn start_of(day: NaiveDate, zone: Tz) -> Instant {
    let midnight = day.and_time(NaiveTime::MIN);
    match zone.from_local_datetime(&midnight) {
        LocalResult::Single(at) | LocalResult::Ambiguous(at, _) => at.with_timezone(&Utc),
        LocalResult::None => GapInfo::new(&midnight, &zone)
            .and_then(|gap| gap.end)
            .map_or_else(|| midnight.and_utc(), |end| end.with_timezone(&Utc)),
    }
}

/// The first and the last microsecond of a local day.
pub(super) fn bounds_of(day: NaiveDate, zone: Tz) -> (i64, i64) {
    let next = day.checked_add_days(Days::new(1)).unwrap_or(day);
    (start_of(day, zone).timestamp_micros(), start_of(next, zone).timestamp_micros() - 1)
}

/// The local day so many days before another; negative for days ahead.
pub(super) fn days_before(day: NaiveDate, days_ago: i64) -> NaiveDate {
    let days = Days::new(days_ago.unsigned_abs());
    let moved = if days_ago < 0 { day.checked_add_days(days) } else { day.checked_sub_days(days) };
    moved.unwrap_or(day)
}

/// Today, where the organization is.
pub(super) fn today(now: Instant, zone: Tz) -> NaiveDate {
    now.with_timezone(&zone).date_naive()
}

/// So many times 86,400 seconds before a moment; negative for after it.
pub(super) fn moments_before(now: Instant, days_ago: i64) -> Instant {
    chrono::TimeDelta::try_days(days_ago).and_then(|days| now.checked_sub_signed(days)).unwrap_or(if days_ago < 0 {
        DateTime::<Utc>::MAX_UTC
    } else {
        DateTime::<Utc>::MIN_UTC
    })
}

/// A day as both databases compare it: days since 1970-01-01.
pub(super) fn day_number(day: NaiveDate) -> i64 {
    day.signed_duration_since(NaiveDate::default()).num_days()
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use super::*;

    fn hours(day: &str, zone: Tz) -> i64 {
        let (first, last) = bounds_of(day.parse().unwrap(), zone);
        (last + 1 - first) / 3_600_000_000
    }

    #[test]
    fn days_are_as_long_as_clocks_make_them() {
        assert_eq!(hours("2026-03-28", Tz::Europe__Berlin), 24);
        assert_eq!(hours("2026-03-29", Tz::Europe__Berlin), 23);
        assert_eq!(hours("2026-10-25", Tz::Europe__Berlin), 25);
        assert_eq!(hours("2018-11-04", Tz::America__Sao_Paulo), 23, "clocks jumped over midnight");
        assert_eq!(hours("2011-12-30", Tz::Pacific__Apia), 0, "a day that never was");
        let first = start_of("2018-11-04".parse().unwrap(), Tz::America__Sao_Paulo);
        assert_eq!(first.to_rfc3339(), "2018-11-04T03:00:00+00:00");
    }

    #[test]
    fn days_count_from_1970() {
        assert_eq!(day_number("1970-01-02".parse().unwrap()), 1);
        assert_eq!(day_number("1969-12-31".parse().unwrap()), -1);
    }
}
