//! How spreadsheets show numbers: as days and times, or with zeros in front and marks between.

use chrono::{NaiveDate, TimeDelta};
use leadwright_domain::text::{minor_digits, names_currency};
use serde_json::{Value, json};

/// The days for which there are dates.
const DAYS: std::ops::Range<f64> = 0.0..2_950_000.0;

/// How a number is shown.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Shown {
    /// As a number.
    Plain,
    /// As a moment; `day` says whether the day is shown.
    Moment { day: bool },
    /// As hours and minutes that may be more than a day.
    Elapsed,
    /// As an amount of a currency, by its sign or code, with so many decimal places.
    Amount(String, usize),
    /// As so many digits and marks; which depends on the number.
    Digits(Vec<Section>),
}

/// One way in which a format shows numbers.
#[derive(Clone, Debug, PartialEq)]
pub(super) struct Section {
    /// For which numbers it is.
    only: Option<(String, f64)>,
    /// Digits and marks; nothing where it shows a number like any other.
    marks: Vec<Mark>,
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Mark {
    /// A digit that is always shown.
    Zero,
    /// A digit that is shown where there is one.
    Digit,
    /// Itself.
    Sign(char),
}

/// A piece of a format.
enum Piece {
    /// A letter or mark that means something.
    Code(char),
    /// Text that stands for itself.
    Text(char),
    /// What stands in brackets.
    Bracket(String),
}

/// How formats that have no code of their own show numbers.
pub(super) fn built_in(id: &str) -> Shown {
    match id.trim().parse::<u32>() {
        Ok(14..=17 | 22 | 27..=31 | 34..=36 | 50..=58) => Shown::Moment { day: true },
        Ok(18..=21 | 32 | 33 | 45 | 47) => Shown::Moment { day: false },
        Ok(46) => Shown::Elapsed,
        _ => Shown::Plain,
    }
}

impl Shown {
    /// How a format of this code shows numbers.
    pub(super) fn by(code: &str) -> Self {
        if code.eq_ignore_ascii_case("general") || code.len() > 1_000 {
            return Self::Plain;
        }
        let sections: Vec<Vec<Piece>> = split(code);
        let first = sections.first().map(Vec::as_slice).unwrap_or_default();
        let is_elapsed = |piece: &Piece| {
            let Piece::Bracket(text) = piece else { return false };
            !text.is_empty() && text.bytes().all(|byte| matches!(byte.to_ascii_lowercase(), b'h' | b'm' | b's'))
        };
        if first.iter().any(is_elapsed) {
            return Self::Elapsed;
        }
        let letters: String = first
            .iter()
            .filter_map(|piece| if let Piece::Code(c) = piece { Some(c.to_ascii_lowercase()) } else { None })
            .collect();
        if letters.contains(['y', 'd', 'm', 'h', 's']) {
            let day = letters.contains(['y', 'd']) || !letters.contains(['h', 's']);
            return Self::Moment { day };
        }
        if let Some(currency) = currency_of(first) {
            let places = places_of(first);
            return Self::Amount(currency, places);
        }
        let sections: Vec<Section> = sections.iter().map(|pieces| Section::of(pieces)).collect();
        if sections.iter().all(|section| section.marks.is_empty()) { Self::Plain } else { Self::Digits(sections) }
    }

    /// A number as it is shown.
    pub(super) fn value(&self, written: &str, value: f64, from_1904: bool) -> Value {
        match self {
            Self::Moment { day } if DAYS.contains(&value) => moment(value, *day, from_1904),
            Self::Elapsed if DAYS.contains(&value) => {
                #[expect(clippy::cast_possible_truncation, reason = "it is small enough")]
                let seconds = (value * 86_400.0).round() as i64;
                json!(format!("{}:{:02}:{:02}", seconds / 3_600, seconds / 60 % 60, seconds % 60))
            }
            Self::Amount(currency, places) => amount(written, value, currency, *places),
            Self::Digits(sections) => {
                let whole = number(written, value);
                let digits = whole.as_u64().map(|whole| whole.to_string());
                let section = sections.iter().find(|section| section.is_for(value));
                digits.zip(section).and_then(|(digits, section)| section.show(&digits)).map_or(whole, Value::String)
            }
            _ => number(written, value),
        }
    }
}

/// The currency that a format shows beside the number, and nothing else: `€#,##0.00`, `#,##0 [$€-407]`, `"USD" 0.00`.
fn currency_of(pieces: &[Piece]) -> Option<String> {
    let mut shown = String::new();
    for piece in pieces {
        match piece {
            Piece::Bracket(text) => {
                // What follows is the language of the currency.
                if let Some(sign) = text.strip_prefix('$') {
                    shown.push_str(sign.split('-').next().unwrap_or_default());
                }
            }
            Piece::Code('0' | '#' | '?' | '.' | ',' | '(' | ')' | '-' | '+') => {}
            Piece::Code(sign) | Piece::Text(sign) => shown.push(*sign),
        }
    }
    let shown = shown.trim_matches(|c: char| c.is_whitespace() || c == '.');
    names_currency(shown).then(|| shown.to_owned())
}

/// How many decimal places a format shows.
fn places_of(pieces: &[Piece]) -> usize {
    let codes = pieces.iter().filter_map(|piece| if let Piece::Code(c) = piece { Some(*c) } else { None });
    let behind = codes.skip_while(|c| *c != '.').skip(1);
    behind.take_while(|c| matches!(c, '0' | '#' | '?')).count()
}

/// An amount as people read it, with two decimal places, or more where it is shown with more or its currency has more; never
/// three: three after a point would be taken for thousands.
pub(super) fn amount(written: &str, value: f64, currency: &str, places: usize) -> Value {
    let is_fine = || places > 2 || minor_digits(currency).is_some_and(|digits| digits > 2);
    match number(written, value) {
        whole if whole.is_i64() => json!(format!("{whole} {currency}")),
        _ if is_fine() => json!(format!("{value:.places$} {currency}", places = places.clamp(4, 10))),
        _ => json!(format!("{value:.2} {currency}")),
    }
}

/// A number without a point where it is whole.
pub(super) fn number(written: &str, value: f64) -> Value {
    if let Ok(whole) = written.parse::<i64>() {
        return json!(whole);
    }
    if value.fract() == 0.0 && value.abs() < 9e18 {
        #[expect(clippy::cast_possible_truncation, reason = "it is whole and small enough")]
        let whole = value as i64;
        return json!(whole);
    }
    json!(value)
}

fn moment(value: f64, day: bool, from_1904: bool) -> Value {
    if value == 0.0 && day && !from_1904 {
        return Value::Null;
    }
    #[expect(clippy::cast_possible_truncation, reason = "it is small enough")]
    let seconds = (value * 86_400.0).round() as i64;
    let (days, second) = (seconds / 86_400, seconds % 86_400);
    let time = format!("{:02}:{:02}:{:02}", second / 3_600, second / 60 % 60, second % 60);
    if value < 1.0 && !(day && from_1904) {
        return json!(time);
    }
    // There was no 29 February 1900, but spreadsheets count it.
    let first = match from_1904 {
        true => NaiveDate::from_ymd_opt(1904, 1, 1),
        false => NaiveDate::from_ymd_opt(1899, 12, if days < 60 { 31 } else { 30 }),
    };
    let Some(date) = first.and_then(|first| first.checked_add_signed(TimeDelta::days(days))) else {
        return json!(value);
    };
    if second == 0 { json!(date.to_string()) } else { json!(format!("{date} {time}")) }
}

/// The sections of a format in pieces.
fn split(code: &str) -> Vec<Vec<Piece>> {
    let mut sections = vec![Vec::new()];
    let mut signs = code.chars();
    while let Some(sign) = signs.next() {
        let piece = match sign {
            ';' => {
                sections.push(Vec::new());
                continue;
            }
            // The room that a sign would take, and what fills a cell up.
            '_' | '*' => {
                signs.next();
                continue;
            }
            '\\' => signs.next().map(Piece::Text),
            '"' => {
                let text: Vec<Piece> = signs.by_ref().take_while(|c| *c != '"').map(Piece::Text).collect();
                sections.last_mut().map(|section| section.extend(text)).unwrap_or_default();
                continue;
            }
            '[' => Some(Piece::Bracket(signs.by_ref().take_while(|c| *c != ']').collect())),
            sign => Some(Piece::Code(sign)),
        };
        if let Some(section) = sections.last_mut() {
            section.extend(piece);
        }
    }
    sections
}

impl Section {
    fn of(pieces: &[Piece]) -> Self {
        let (mut only, mut marks) = (None, Vec::new());
        for piece in pieces {
            match piece {
                Piece::Bracket(text) => {
                    let digits = text.find(|c: char| !matches!(c, '<' | '>' | '=')).unwrap_or(text.len());
                    let (relation, limit) = text.split_at(digits);
                    if let (false, Ok(limit)) = (relation.is_empty(), limit.parse()) {
                        only = Some((relation.to_owned(), limit));
                    }
                }
                Piece::Code('0') => marks.push(Mark::Zero),
                Piece::Code('#' | '?') => marks.push(Mark::Digit),
                Piece::Code(sign @ ('-' | '(' | ')' | ' ' | '+' | '/' | '\u{a0}')) | Piece::Text(sign) => {
                    marks.push(Mark::Sign(*sign));
                }
                Piece::Code(_) => return Self { only, marks: Vec::new() },
            }
        }
        let zeros = marks.iter().filter(|mark| **mark == Mark::Zero).count();
        let digits = marks.iter().filter(|mark| !matches!(mark, Mark::Sign(_))).count();
        let signs =
            |wanted: fn(char) -> bool| marks.iter().any(|mark| matches!(mark, Mark::Sign(sign) if wanted(*sign)));
        let counts = digits > 1 && (zeros > 1 || signs(|sign| "-()+/".contains(sign)));
        // Words around a number are no part of it; before many zeros they are.
        let worded = signs(|sign| !"-()+/. \u{a0}".contains(sign)) && zeros < 3;
        Self { only, marks: if counts && !worded { marks } else { Vec::new() } }
    }

    fn is_for(&self, value: f64) -> bool {
        self.only.as_ref().is_none_or(|(relation, limit)| match relation.as_str() {
            "<" => value < *limit,
            "<=" => value <= *limit,
            ">" => value > *limit,
            ">=" => value >= *limit,
            "=" => value == *limit,
            _ => value != *limit,
        })
    }

    /// A whole number in these marks, unless they are too few for it.
    fn show(&self, digits: &str) -> Option<String> {
        let room = self.marks.iter().filter(|mark| !matches!(mark, Mark::Sign(_))).count();
        if digits.len() > room || room == 0 {
            return None;
        }
        let mut missing = room - digits.len();
        let mut digits = digits.chars();
        let mut shown = String::new();
        for mark in &self.marks {
            match mark {
                Mark::Sign(sign) => shown.push(*sign),
                Mark::Zero if missing > 0 => shown.push('0'),
                Mark::Digit if missing > 0 => {}
                _ => shown.extend(digits.next()),
            }
            missing -= usize::from(missing > 0 && !matches!(mark, Mark::Sign(_)));
        }
        Some(shown)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn shown(code: &str, value: f64) -> String {
        match Shown::by(code).value(&value.to_string(), value, false) {
            Value::String(text) => text,
            other => other.to_string(),
        }
    }

    #[test]
    fn zeros_and_marks_are_kept() {
        assert_eq!(shown("00000", 1234.0), "01234");
        assert_eq!(shown("00000\\-0000", 12_345_678.0), "01234-5678");
        assert_eq!(shown("(000) 000-0000", 2_025_550_143.0), "(202) 555-0143");
        let phone = "[<=9999999]###\\-####;\\(###\\)\\ ###\\-####";
        assert_eq!(shown(phone, 5_550_143.0), "555-0143");
        assert_eq!(shown(phone, 2_025_550_143.0), "(202) 555-0143");
        assert_eq!(shown("\"KD\"00000", 42.0), "KD00042");
        assert_eq!(shown("000\".\"000\".\"000-00", 1_234_567_890.0), "012.345.678-90");
        assert_eq!(shown("00000", 123_456.0), "123456");
    }

    #[test]
    fn amounts_have_their_currency() {
        for (code, value, read) in [
            ("€#,##0.00", 1_250_000.5, "1250000.50 €"),
            ("#,##0.00 [$€-407]", 12.125, "12.12 €"),
            ("[$EUR] #,##0", 1_250.0, "1250 EUR"),
            ("_-[$£-809]* #,##0.00_-;-[$£-809]* #,##0.00_-", 5.0, "5 £"),
            ("_(\"$\"* #,##0.00_)", -5.5, "-5.50 $"),
            ("$#,##0_);[Red]\\($#,##0\\)", 7.0, "7 $"),
            ("#,##0\\ \"CHF\"", 7.0, "7 CHF"),
            ("$#,##0.000", 0.005, "0.0050 $"),
            ("$0.00000", 0.012_34, "0.01234 $"),
            ("[$KWD] #,##0.000", 12.345, "12.3450 KWD"),
            ("#,##0.00 \"KWD\"", 12.345, "12.3450 KWD"),
            ("$#,##0.000", 7.0, "7 $"),
        ] {
            assert_eq!(shown(code, value), read, "{code}");
        }
        for code in ["#,##0 \"T€\"", "0 \"pcs\"", "[$-407]0.00", "[$-409]#,##0", "0\"m\"", "\"EUR\"yyyy", "0.0,,\"M\""]
        {
            assert!(!matches!(Shown::by(code), Shown::Amount(..)), "{code}");
        }
    }

    #[test]
    fn other_numbers_stay_numbers() {
        for code in
            ["General", "0", "#,##0", "0.00", "00.00", "0%", "0\" km\"", "#\\ ##0", "0.00E+00", "@", "_-* #,##0_-"]
        {
            assert_eq!(shown(code, 1234.0), "1234", "{code}");
        }
        assert_eq!(shown("00000", 1.5), "1.5");
        assert_eq!(shown("00000", -5.0), "-5");
        assert_eq!(shown("General", 4.915e11), "491500000000");
        assert_eq!(number("1234567890123456789", 1_234_567_890_123_456_789.0), json!(1_234_567_890_123_456_789_i64));
    }

    #[test]
    fn days_and_times_are_told_apart() {
        assert_eq!(shown("yyyy-mm-dd", 45_382.0), "2024-03-31");
        assert_eq!(shown("[$-407]d. mmmm yyyy;@", 45_382.0), "2024-03-31");
        assert_eq!(shown("dd.mm.yy hh:mm", 45_382.437_5), "2024-03-31 10:30:00");
        assert_eq!(shown("h:mm AM/PM", 0.437_5), "10:30:00");
        assert_eq!(shown("[h]:mm", 1.437_5), "34:30:00");
        assert_eq!(shown("[Red]0.0", 2.5), "2.5");
        assert_eq!(shown("yyyy-mm-dd", 1e12), "1000000000000");
        let day = Shown::by("yyyy-mm-dd").value("43920", 43_920.0, true);
        assert_eq!(day, json!("2024-03-31"));
    }
}
