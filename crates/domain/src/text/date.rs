//! Days and instants: ISO for programs, the common forms for people.

use chrono::{DateTime, Datelike, NaiveDate, NaiveDateTime, Utc};

use super::{
    clock::{clock, day_and_time},
    date_words::{full_year, in_words},
};
use crate::time::{Instant, truncated};

/// The longest text that is looked at: browsers name the zone in words behind the time.
const LONGEST: usize = 80;

/// Reads `YYYY-MM-DD`, exactly.
pub fn date(written: &str) -> Option<NaiveDate> {
    let iso = written.len() == 10 && written.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    iso.then(|| NaiveDate::parse_from_str(written, "%Y-%m-%d").ok()).flatten().filter(in_range)
}

/// Reads an RFC 3339 instant.
pub fn instant(written: &str) -> Option<Instant> {
    let at = (written.len() <= LONGEST).then(|| DateTime::parse_from_rfc3339(written).ok()).flatten()?;
    Some(truncated(at.with_timezone(&Utc))).filter(|at| in_range(&at.date_naive()))
}

/// Reads a day as people write it. `month_first` decides between 3/4 and 4/3 where both can be meant.
pub fn lenient_date(written: &str, month_first: bool) -> Option<NaiveDate> {
    let text = written.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return None;
    }
    date(text)
        .or_else(|| in_figures(text, month_first))
        .or_else(|| in_words(text))
        .or_else(|| of_spreadsheet(text).map(|at| at.date_naive()))
        .or_else(|| text.contains(':').then(|| lenient_instant(text, month_first)).flatten().map(|at| at.date_naive()))
        .filter(in_range)
}

/// Reads an instant as people and other systems write it; without an offset it is UTC, a day is its midnight.
pub fn lenient_instant(written: &str, month_first: bool) -> Option<Instant> {
    let text = written.trim();
    if text.is_empty() || text.chars().count() > LONGEST {
        return None;
    }
    let at = instant(text)
        .or_else(|| with_offset(text))
        .or_else(|| since_epoch(text))
        .or_else(|| of_spreadsheet(text))
        .or_else(|| {
            let (day, time) = day_and_time(text).unwrap_or((text, "00:00"));
            let day = date(day).or_else(|| in_figures(day, month_first)).or_else(|| in_words(day))?;
            let (time, offset) = clock(time)?;
            let there = NaiveDateTime::new(day, time).and_utc();
            there.checked_sub_signed(chrono::TimeDelta::minutes(offset.into()))
        })?;
    Some(truncated(at)).filter(|at| in_range(&at.date_naive()))
}

fn with_offset(text: &str) -> Option<Instant> {
    ["%Y-%m-%dT%H:%M:%S%.f%z", "%Y-%m-%d %H:%M:%S%.f %z", "%Y-%m-%d %H:%M:%S%.f%z"]
        .iter()
        .find_map(|form| DateTime::parse_from_str(text, form).ok())
        .map(|at| at.with_timezone(&Utc))
}

/// A day as spreadsheets count them, from 1954 to 2064, with the time of day behind the point.
fn of_spreadsheet(text: &str) -> Option<Instant> {
    let (days, part) = text.split_once('.').unwrap_or((text, "0"));
    let digits = |text: &str| !text.is_empty() && text.bytes().all(|byte| byte.is_ascii_digit());
    if days.len() != 5 || !digits(days) || !digits(part) || part.len() > 12 {
        return None;
    }
    let days: u64 = days.parse().ok().filter(|days| (20_000..60_000).contains(days))?;
    let part: f64 = format!("0.{part}").parse().ok()?;
    let day = NaiveDate::from_ymd_opt(1899, 12, 30)?.checked_add_days(chrono::Days::new(days))?;
    #[expect(clippy::cast_possible_truncation, reason = "a day has few seconds")]
    let seconds = (part * 86_400.0).round() as i64;
    Some(day.and_hms_opt(0, 0, 0)?.and_utc() + chrono::TimeDelta::seconds(seconds))
}

/// Seconds or milliseconds since 1970; other counts of digits are dates or nothing.
fn since_epoch(text: &str) -> Option<Instant> {
    let number: i64 = text.bytes().all(|b| b.is_ascii_digit()).then(|| text.parse().ok()).flatten()?;
    match text.len() {
        10 => DateTime::from_timestamp(number, 0),
        13 => DateTime::from_timestamp_millis(number),
        _ => None,
    }
}

/// `2024/3/31`, `31.3.2024`, `3/31/2024`, `20240331`.
fn in_figures(text: &str, month_first: bool) -> Option<NaiveDate> {
    if text.len() == 8 && text.bytes().all(|b| b.is_ascii_digit()) {
        return NaiveDate::parse_from_str(text, "%Y%m%d").ok();
    }
    let parts: Vec<&str> = text.trim_end_matches('.').split(['/', '.', '-']).map(str::trim).collect();
    let [a, b, c] = parts.as_slice() else { return None };
    if ![a, b, c].iter().all(|part| matches!(part.len(), 1..=4) && part.bytes().all(|byte| byte.is_ascii_digit())) {
        return None;
    }
    let number = |part: &str| part.parse::<u32>().ok();
    if a.len() == 4 {
        return NaiveDate::from_ymd_opt(a.parse().ok()?, number(b)?, number(c)?);
    }
    let year = match c.len() {
        4 => c.parse::<i32>().ok()?,
        2 => c.parse::<i32>().ok().map(full_year)?,
        _ => return None,
    };
    let (first, second) = (number(a)?, number(b)?);
    let month_first = match (first > 12, second > 12) {
        (true, _) => false,
        (_, true) => true,
        _ => month_first && !text.contains('.'),
    };
    let (month, day) = if month_first { (first, second) } else { (second, first) };
    NaiveDate::from_ymd_opt(year, month, day)
}

/// Whether days in figures have the month first, where one of them tells: `3/31/2024`. `None` where none does, where some
/// tell otherwise, or where they are less than half of what is there.
pub fn month_first<S: AsRef<str>>(samples: impl IntoIterator<Item = S>) -> Option<bool> {
    let (mut month_first, mut day_first) = (false, false);
    let (mut days, mut others) = (0_usize, 0_usize);
    for sample in samples {
        let text = sample.as_ref().trim();
        match slashed(day_of(text)) {
            Some((first, second)) => {
                days += 1;
                day_first |= first > 12;
                month_first |= second > 12;
            }
            None => others += usize::from(!text.is_empty()),
        }
    }
    (month_first != day_first && days >= others).then_some(month_first)
}

/// Whether a day can be read in two ways: `3/4/2024`. Where dots are written, the day comes first everywhere.
pub fn is_ambiguous(written: &str) -> bool {
    let day = day_of(written.trim());
    !day.contains('.') && slashed(day).is_some_and(|(first, second)| first <= 12 && second <= 12 && first != second)
}

/// A day in figures, with or without a time, in ISO order; other text as it is.
pub fn in_iso_order(written: &str, month_first: bool) -> Option<String> {
    let text = written.trim();
    let day = day_of(text);
    slashed(day)?;
    let rest = &text[day.len()..];
    let parts: Vec<&str> = day.split(['/', '.', '-']).map(str::trim).collect();
    let [first, second, year] = parts.as_slice() else { return None };
    let (month, day) = if month_first { (first, second) } else { (second, first) };
    let read = in_figures(&format!("{month}/{day}/{year}"), true)?;
    Some(format!("{read}{rest}"))
}

/// The day of a text that may go on with a time.
fn day_of(text: &str) -> &str {
    text.split([' ', 'T', ',']).next().unwrap_or_default()
}

/// The first two figures of a day that does not begin with its year.
fn slashed(day: &str) -> Option<(u32, u32)> {
    let parts: Vec<&str> = day.split(['/', '.', '-']).collect();
    let [first, second, year] = parts.as_slice() else { return None };
    let figures = |part: &str, most: usize| {
        let fits = (1..=most).contains(&part.len()) && part.bytes().all(|byte| byte.is_ascii_digit());
        fits.then(|| part.parse().ok()).flatten()
    };
    let (first, second, _): (u32, u32, u32) = (figures(first, 2)?, figures(second, 2)?, figures(year, 4)?);
    Some((first, second))
}

/// Years that both databases and every client can hold, and that people mean: `0024` is a year that was cut, `0001` how some
/// programs write none.
fn in_range(day: &NaiveDate) -> bool {
    (1000..=9999).contains(&day.year())
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn days_are_read_as_people_write_them() {
        let expected = NaiveDate::from_ymd_opt(2024, 3, 31);
        for written in [
            "2024-03-31",
            "2024/3/31",
            "31.03.2024",
            "31/3/2024",
            "3/31/2024",
            "20240331",
            "31 March 2024",
            "Mar 31, 2024",
            "31-Mar-2024",
            "2024-03-31T10:00:00Z",
            "2024-03-31 23:59",
            "31.3.24",
            "Sunday, March 31, 2024",
            "45382",
            "31-Mar-24",
            "31. März 2024",
            "31.03.2024 10:00 Uhr",
        ] {
            assert_eq!(lenient_date(written, false), expected, "{written}");
        }
        assert_eq!(lenient_date("03/04/2024", true), NaiveDate::from_ymd_opt(2024, 3, 4));
        assert_eq!(lenient_date("03/04/2024", false), NaiveDate::from_ymd_opt(2024, 4, 3));
        for written in [
            "",
            "soon",
            "2024-02-30",
            "31/31/2024",
            "0000-01-01",
            "1/2",
            "2024",
            "+2024-01-01",
            "0024-05-06",
            "6/5/0024",
        ] {
            assert_eq!(lenient_date(written, false), None, "{written}");
        }
        assert_eq!((date("2024-3-31"), date("20240331"), date("+024-03-31")), (None, None, None));
    }

    #[test]
    fn instants_are_read_as_systems_write_them() {
        for (written, at) in [
            ("2024-03-31T10:00:00+02:00", "2024-03-31T08:00:00Z"),
            ("2015-02-28T08:49:14+0000", "2015-02-28T08:49:14Z"),
            ("2024-03-31 10:00:00", "2024-03-31T10:00:00Z"),
            ("3/31/2024 1:05 PM", "2024-03-31T13:05:00Z"),
            ("1711872000", "2024-03-31T08:00:00Z"),
            ("1711872000000", "2024-03-31T08:00:00Z"),
            ("2024-03-31", "2024-03-31T00:00:00Z"),
            ("45382.4375", "2024-03-31T10:30:00Z"),
            ("5-Jun-24 10:00 AM", "2024-06-05T10:00:00Z"),
            ("2024/05/06 10:00:00 AM GMT+2", "2024-05-06T08:00:00Z"),
            ("Mon, 6 May 2024 10:00:00 +0200", "2024-05-06T08:00:00Z"),
            ("Mon May 06 2024 10:00:00 GMT+0200 (Central European Summer Time)", "2024-05-06T08:00:00Z"),
            ("5/6/2024 10:00 PM EDT", "2024-05-07T02:00:00Z"),
            ("6. Mai 2024 10:00 Uhr", "2024-05-06T10:00:00Z"),
            ("06.05.2024 um 10:00 Uhr", "2024-05-06T10:00:00Z"),
            ("6 мая 2024 г., 10:00", "2024-05-06T10:00:00Z"),
            ("2024年5月6日 10:00", "2024-05-06T10:00:00Z"),
            ("March 5, 2024 at 10:05 a.m.", "2024-03-05T10:05:00Z"),
            ("2024-05-06 10:00:00.5 UTC", "2024-05-06T10:00:00.500Z"),
            ("3/31/2024, 10:05pm", "2024-03-31T22:05:00Z"),
        ] {
            assert_eq!(lenient_instant(written, true).map(crate::time::to_rfc3339).as_deref(), Some(at), "{written}");
        }
        assert_eq!(instant("2024-03-31 10:00"), None);
        for written in
            ["10:00", "2024-05-06 10:00 IST", "2024-05-06 25:00", "2024-05-06 10:00 GMT+20", "0001-01-01 00:00"]
        {
            assert_eq!(lenient_instant(written, true), None, "{written}");
        }
    }

    #[test]
    fn a_column_tells_whether_the_month_comes_first() {
        assert_eq!(month_first(["3/4/2024", "", "3/31/2024 10:00"]), Some(true));
        assert_eq!(month_first(["3/4/2024", "31.3.2024"]), Some(false));
        assert_eq!(month_first(["3/4/2024"]), None);
        assert_eq!(month_first(["3/31/2024", "31/3/2024"]), None);
        assert_eq!(month_first(["3/31/2024", "soon"]), Some(true));
        assert_eq!(month_first(["3/31/2024", "soon", "never"]), None);
        assert_eq!(month_first(["2024-03-31"]), None);
        assert_eq!(in_iso_order("3/4/24 10:30 PM", true).as_deref(), Some("2024-03-04 10:30 PM"));
        assert_eq!(in_iso_order("3/4/2024", false).as_deref(), Some("2024-04-03"));
        assert_eq!(in_iso_order("3/31/2024", false).as_deref(), Some("2024-03-31"), "there is no other way");
        assert_eq!(in_iso_order("2024-03-31", true), None);
        assert!(is_ambiguous("3/4/2024") && !is_ambiguous("3/31/2024") && !is_ambiguous("4.4.2024"));
        assert!(!is_ambiguous("01.02.1980"), "with dots the day comes first");
    }

    proptest! {
        #[test]
        fn an_iso_day_is_itself(days in 0_i32..3_650_000) {
            if let Some(day) = NaiveDate::from_num_days_from_ce_opt(days + 1).filter(in_range) {
                prop_assert_eq!(lenient_date(&day.to_string(), true), Some(day));
            }
        }

        #[test]
        fn nothing_panics(written in "(?s).{0,40}|[0-9/.: TZ+-]{0,30}", month_first: bool) {
            let _ = (lenient_date(&written, month_first), lenient_instant(&written, month_first), instant(&written));
            let _ = (in_iso_order(&written, month_first), is_ambiguous(&written), super::month_first([&written]));
        }
    }
}
