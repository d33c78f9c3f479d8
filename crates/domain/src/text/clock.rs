//! The time of day behind a day, with its half of the day and its zone: `10:05`, `1:05 p.m.`, `10:00:00 AM GMT+2`.

use chrono::NaiveTime;

/// Names of zones that mean one offset, in minutes. `IST` and `BST` mean several, and are none of them.
const ZONES: &[(&str, i32)] = &[
    ("z", 0),
    ("utc", 0),
    ("gmt", 0),
    ("wet", 0),
    ("west", 60),
    ("cet", 60),
    ("mez", 60),
    ("cest", 120),
    ("mesz", 120),
    ("eet", 120),
    ("eest", 180),
    ("msk", 180),
    ("jst", 540),
    ("kst", 540),
    // Those of RFC 2822.
    ("est", -300),
    ("edt", -240),
    ("cst", -360),
    ("cdt", -300),
    ("mst", -420),
    ("mdt", -360),
    ("pst", -480),
    ("pdt", -420),
];

/// Tells a day from the time behind it: the hour stands before the first colon.
pub(super) fn day_and_time(text: &str) -> Option<(&str, &str)> {
    let hour = text[..text.find(':')?].rfind(|c: char| !c.is_ascii_digit())?;
    let (day, time) = text.split_at(hour + text[hour..].chars().next()?.len_utf8());
    // `T` stands between them in ISO 8601, `г.` behind a Russian year.
    let day = day.strip_suffix(['T', 't']).filter(|day| day.ends_with(|c: char| c.is_ascii_digit())).unwrap_or(day);
    let bare = |day: &'_ str| day.trim_end_matches([' ', ',', '\u{202f}', '\u{a0}']).len();
    let mut day = &day[..bare(day)];
    for word in [" at", " um", " à", " às", " alle", " om", " в"] {
        if let Some(rest) = day.strip_suffix(word) {
            day = &rest[..bare(rest)];
            break;
        }
    }
    Some((day, time))
}

/// Reads a time of day; the offset is in minutes east of UTC, 0 where none is named.
pub(super) fn clock(text: &str) -> Option<(NaiveTime, i32)> {
    let lower = text.trim().to_lowercase().replace(['\u{202f}', '\u{a0}'], " ");
    let end = lower.find(|c: char| !(c.is_ascii_digit() || matches!(c, ':' | '.'))).unwrap_or(lower.len());
    let (figures, rest) = lower.split_at(end);
    let (half, rest) = half(rest.trim_start());
    let forms: &[&str] = match half {
        Some(_) => &["%I:%M %p", "%I:%M:%S %p", "%I:%M:%S%.f %p"],
        None => &["%H:%M:%S%.f", "%H:%M"],
    };
    let written = format!("{figures} {}", half.unwrap_or_default());
    let time = forms.iter().find_map(|form| NaiveTime::parse_from_str(written.trim(), form).ok())?;
    Some((time, offset(rest.trim())?))
}

/// Takes the half of the day off the front.
fn half(text: &str) -> (Option<&'static str>, &str) {
    const HALVES: &[(&str, &str)] =
        &[("a.m.", "AM"), ("p.m.", "PM"), ("a. m.", "AM"), ("p. m.", "PM"), ("am", "AM"), ("pm", "PM")];
    let found = HALVES.iter().find_map(|(word, half)| Some((*half, text.strip_prefix(word)?)));
    match found.filter(|(_, rest)| !rest.starts_with(char::is_alphabetic)) {
        Some((half, rest)) => (Some(half), rest),
        None => (None, text),
    }
}

/// Minutes east of UTC. A comment in brackets, as browsers write one, says nothing more.
fn offset(text: &str) -> Option<i32> {
    let text = text.split_once('(').map_or(text, |(zone, _)| zone).trim();
    let text = text.strip_suffix("uhr").unwrap_or(text).trim();
    if text.is_empty() {
        return Some(0);
    }
    if let Some((_, minutes)) = ZONES.iter().find(|(zone, _)| *zone == text) {
        return Some(*minutes);
    }
    let signed = text.strip_prefix("gmt").or_else(|| text.strip_prefix("utc")).unwrap_or(text).trim();
    let (sign, digits) = match signed.split_at_checked(1)? {
        ("+", digits) => (1, digits),
        ("-", digits) => (-1, digits),
        _ => return None,
    };
    let (hours, minutes) = match (digits.split_once(':'), digits.len()) {
        (Some(parts), 4 | 5) => parts,
        (None, 1 | 2) => (digits, "0"),
        (None, 4) => digits.split_at_checked(2)?,
        _ => return None,
    };
    let number =
        |part: &str| part.bytes().all(|byte| byte.is_ascii_digit()).then(|| part.parse::<i32>().ok()).flatten();
    let (hours, minutes) = (number(hours)?, number(minutes)?);
    (hours <= 14 && minutes < 60).then_some(sign * (hours * 60 + minutes))
}
