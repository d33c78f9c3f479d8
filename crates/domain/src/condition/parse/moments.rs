//! Reading days and moments: of the calendar, or counted from now (`{"days_ago": 30}`, `{"days_ahead": 7}`).

use std::ops::RangeInclusive;

use chrono::{DateTime, Datelike, NaiveDate};
use serde_json::Value as Json;

use super::Wrong;
use crate::condition::{Day, Moment};

/// The most days from now.
pub(super) const MAX_DAYS: i64 = 36_500;
/// The days around these years, in any time zone, still have years of four digits.
const YEARS: RangeInclusive<i32> = 2..=9_998;

pub(super) fn day(json: &Json) -> Result<Day, Wrong> {
    if json.is_object() {
        return days_ago(json).map(Day::DaysAgo);
    }
    calendar_day(json).map(Day::On).ok_or_else(|| {
        Wrong::new("invalid_date", r#"Give a day as 2026-01-31, {"days_ago": 30} or {"days_ahead": 30}"#)
    })
}

pub(super) fn moment(json: &Json) -> Result<Moment, Wrong> {
    if json.is_object() {
        return days_ago(json).map(Moment::DaysAgo);
    }
    if let Some(day) = calendar_day(json) {
        return Ok(Moment::On(day));
    }
    let at = json.as_str().and_then(|text| DateTime::parse_from_rfc3339(text).ok());
    // Whole microseconds, as both databases keep them; a leap second is the second after it.
    let at = at.and_then(|at| DateTime::from_timestamp_micros(at.timestamp_micros()));
    at.filter(|at| YEARS.contains(&at.year())).map(Moment::At).ok_or_else(|| {
        let detail = r#"Give a moment as 2026-01-31T09:30:00Z, a day as 2026-01-31, or {"days_ago": 30}"#;
        Wrong::new("invalid_datetime", detail)
    })
}

fn calendar_day(json: &Json) -> Option<NaiveDate> {
    let text = json.as_str().filter(|text| text.len() == 10)?;
    NaiveDate::parse_from_str(text, "%Y-%m-%d").ok().filter(|day| YEARS.contains(&day.year()))
}

fn days_ago(json: &Json) -> Result<i64, Wrong> {
    let days = |member: &str| json.get(member).and_then(Json::as_i64).filter(|days| (0..=MAX_DAYS).contains(days));
    let alone = json.as_object().is_some_and(|members| members.len() == 1);
    match (alone, days("days_ago"), days("days_ahead")) {
        (true, Some(days), _) => Ok(days),
        (true, _, Some(days)) => Ok(-days),
        _ => Err(Wrong::new(
            "invalid_value",
            format!(r#"Give {{"days_ago": 30}} or {{"days_ahead": 30}}, a whole number from 0 to {MAX_DAYS}"#),
        )),
    }
}
