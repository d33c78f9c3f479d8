//! Numbers as people write them: `1,234.5`, `1.2M`, `50k`, `1 000 – 5 000 employees`.

use super::{fold, money::beside_currency};
use crate::quantity::{Decimal, WholeRange};

/// Millionths in one.
const MICROS: i128 = Decimal::SCALE as i128;
/// The longest text that is looked at.
const LONGEST: usize = 60;

/// Reads a decimal number; a sign, separators of thousands, `%`, `k`, `m` and `bn` are understood, and a currency is passed over.
pub fn lenient_decimal(written: &str) -> Option<Decimal> {
    let bare = written.trim().trim_end_matches('%');
    let read = micros(bare).or_else(|| micros(&beside_currency(bare).filter(|_| bare.len() <= LONGEST)?));
    i64::try_from(read?).ok().map(Decimal::from_micros)
}

/// Reads a whole number, also with separators, `k` and `m`. What is whole has no decimal places: `1.200` is twelve hundred.
pub fn lenient_whole(written: &str) -> Option<i64> {
    let grouped = || {
        let (before, after) = written.trim().split_once('.')?;
        let group = after.len() == 3 && !before.is_empty() && !matches!(before, "0" | "-0");
        group.then(|| micros(&format!("{before}{after}"))).flatten()
    };
    let whole = |micros: &i128| micros % MICROS == 0;
    let written_out = without_exponent(written);
    let micros = micros(written_out.as_deref().unwrap_or(written)).filter(whole).or_else(|| grouped().filter(whole))?;
    i64::try_from(micros / MICROS).ok()
}

/// Reads a number or range of people: `50-100`, `50 to 100`, `1k+`, `5,001-10,000 employees`.
pub fn lenient_range(written: &str) -> Option<WholeRange> {
    let text = fold(written);
    let text = without_unit(&text);
    if let Some(open) = text.strip_suffix('+') {
        return Some(WholeRange { min: lenient_whole(open).filter(|n| *n >= 0)?, max: None });
    }
    let (min, max) = match ends(text) {
        Some((min, max)) => (lenient_whole(min)?, lenient_whole(max)?),
        None => lenient_whole(text).map(|number| (number, number))?,
    };
    (0 <= min && min <= max).then_some(WholeRange { min, max: Some(max) })
}

/// `50 employees` counts as `50`; scale words stay.
fn without_unit(text: &str) -> &str {
    match text.rsplit_once(' ') {
        Some((number, unit)) if unit.chars().all(char::is_alphabetic) && scaled(unit).1 == 1 => without_unit(number),
        _ => text,
    }
}

/// The two ends of a range, if it is one.
pub(super) fn ends(text: &str) -> Option<(&str, &str)> {
    let parts = [" to ", " bis ", "–", "—", "-"].iter().find_map(|between| text.split_once(between));
    parts.filter(|(min, max)| !min.trim().is_empty() && !max.trim().is_empty())
}

/// `1.2E7` written out, as programs write large numbers; nothing where there is no exponent, or one that makes it small.
pub(super) fn without_exponent(text: &str) -> Option<String> {
    let (number, exponent) = text.trim().split_once(['e', 'E'])?;
    let (whole, places) = number.split_once('.').unwrap_or((number, ""));
    let digits = |part: &str| part.bytes().all(|byte| byte.is_ascii_digit());
    let sign = exponent.strip_prefix('+').unwrap_or(exponent);
    if whole.is_empty() || whole.len() > 3 || !digits(whole) || !digits(places) || !digits(sign) || sign.len() > 2 {
        return None;
    }
    let shift: usize = sign.parse().ok().filter(|shift| *shift <= 15)?;
    let (moved, rest) = places.split_at(shift.min(places.len()));
    let zeros = "0".repeat(shift - moved.len());
    Some(if rest.is_empty() { format!("{whole}{moved}{zeros}") } else { format!("{whole}{moved}{zeros}.{rest}") })
}

/// A number in millionths. At most six places count; more are cut.
pub(super) fn micros(written: &str) -> Option<i128> {
    if written.chars().count() > LONGEST {
        return None;
    }
    let folded = fold(written);
    let (negative, text) = match folded.strip_prefix(['-', '−']) {
        Some(rest) => (true, rest),
        None => (false, folded.strip_prefix('+').unwrap_or(&folded)),
    };
    let (digits, scale) = scaled(text.trim());
    let (whole, places) = split_places(digits)?;
    let mut micros: i128 = whole.parse::<i128>().ok()?.checked_mul(MICROS)?;
    for (place, digit) in places.chars().take(6).enumerate() {
        micros += i128::from(digit.to_digit(10)?) * 10_i128.pow(5 - u32::try_from(place).ok()?);
    }
    let micros = micros.checked_mul(scale)?;
    Some(if negative { -micros } else { micros })
}

/// Takes a scale word off the end.
fn scaled(text: &str) -> (&str, i128) {
    const WORDS: &[(&str, i128)] = &[
        ("thousand", 1_000),
        ("tsd", 1_000),
        ("million", 1_000_000),
        ("mio", 1_000_000),
        ("mln", 1_000_000),
        ("mm", 1_000_000),
        ("billion", 1_000_000_000),
        ("bn", 1_000_000_000),
        ("mrd", 1_000_000_000),
        ("k", 1_000),
        ("m", 1_000_000),
        ("b", 1_000_000_000),
    ];
    let bare = text.trim_end_matches('.');
    for (word, scale) in WORDS {
        if let Some(digits) = bare.strip_suffix(word) {
            return (digits.trim_end(), *scale);
        }
    }
    (text, 1)
}

/// Tells the whole digits from the decimal places. Of two kinds of separators the last one is the decimal one; a lone
/// comma before exactly three digits separates thousands; a lone dot is decimal.
fn split_places(text: &str) -> Option<(String, String)> {
    let text: String = text.chars().filter(|c| !matches!(c, ' ' | '\'' | '’' | '_' | '\u{a0}')).collect();
    let (dots, commas) = (text.matches('.').count(), text.matches(',').count());
    let decimal = match (dots, commas) {
        (0, 0) => None,
        (1, 0) => Some('.'),
        (0, 1) => {
            let (before, after) = text.split_once(',')?;
            (after.len() != 3 || before.is_empty() || before == "0").then_some(',')
        }
        (_, 0) | (0, _) => None,
        _ => {
            if text.rfind('.') > text.rfind(',') {
                Some('.')
            } else {
                Some(',')
            }
        }
    };
    let (whole, places) = match decimal {
        Some(mark) => text.rsplit_once(mark)?,
        None => (text.as_str(), ""),
    };
    let thousands = if decimal == Some(',') { '.' } else { ',' };
    let groups: Vec<&str> = whole.split(['.', ',']).collect();
    let grouped = groups.len() == 1
        || (decimal != Some(thousands) && groups.iter().skip(1).all(|group| matches!(group.len(), 2 | 3)));
    let whole = groups.concat();
    let digits = |part: &str| part.bytes().all(|b| b.is_ascii_digit());
    let some = !(whole.is_empty() && places.is_empty());
    (some && grouped && digits(&whole) && digits(places) && whole.len() <= 24)
        .then(|| (if whole.is_empty() { "0".to_owned() } else { whole }, places.to_owned()))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn a_currency_beside_a_number_is_passed_over() {
        let read = |written: &str| lenient_decimal(written).map(|number| number.to_f64());
        assert_eq!([read("1250.50 €"), read("USD 1,250"), read("-5 $")], [Some(1_250.5), Some(1_250.0), Some(-5.0)]);
        assert_eq!([read("€"), read("5 EUR each"), read("five")], [None, None, None]);
    }

    #[test]
    fn numbers_are_read_as_people_write_them() {
        for (written, number) in [
            ("1234", 1234.0),
            ("1,234.5", 1234.5),
            ("1.234,5", 1234.5),
            ("1,5", 1.5),
            ("1,234", 1234.0),
            ("1.2M", 1.2e6),
            ("50k", 5e4),
            ("12 %", 12.0),
            ("-3.25", -3.25),
            ("1'000", 1000.0),
            ("1 000 000", 1e6),
            (".5", 0.5),
            ("2 million", 2e6),
            ("1,234,567", 1_234_567.0),
            ("12,34,567", 1_234_567.0),
            ("1.5 Mio.", 1.5e6),
            ("１２", 12.0),
        ] {
            assert_eq!(lenient_decimal(written).map(Decimal::to_f64), Some(number), "{written}");
        }
        for written in
            ["", "abc", "1-2", "--1", "1e5", "1.2.3,4,5", "NaN", "k", ".", ",", "99999999999999999999k", "1,2,3"]
        {
            assert_eq!(lenient_decimal(written), None, "{written}");
        }
        assert_eq!(lenient_whole("1.5k"), Some(1500));
        assert_eq!(lenient_whole("1.5"), None);
        assert_eq!(
            (lenient_whole("1.2E7"), lenient_whole("5e+03"), lenient_whole("1.25e1")),
            (Some(12_000_000), Some(5_000), None)
        );
        for written in ["e7", "1e", "1e-3", "12345e6", "1e99", "1e7e7", "5 e", "1.2.3e4"] {
            assert_eq!(without_exponent(written), None, "{written}");
        }
    }

    #[test]
    fn ranges_are_read_as_people_write_them() {
        for (written, range) in [
            ("50-100", "50-100"),
            ("50 to 100", "50-100"),
            ("5,001 – 10,000 employees", "5001-10000"),
            ("10,001+", "10001+"),
            ("1K - 5K", "1000-5000"),
            ("75", "75"),
            ("75 people", "75"),
            ("1000+ employees", "1000+"),
        ] {
            assert_eq!(lenient_range(written).map(|range| range.to_string()).as_deref(), Some(range), "{written}");
        }
        for written in ["", "100-50", "-5", "many", "+", "1-2-3"] {
            assert_eq!(lenient_range(written), None, "{written}");
        }
    }

    proptest! {
        #[test]
        fn a_plain_number_is_itself(number in -1_000_000_000_i64..1_000_000_000) {
            prop_assert_eq!(lenient_whole(&number.to_string()), Some(number));
        }

        #[test]
        fn nothing_panics(written in "(?s).{0,40}|[0-9.,kmbn+ -]{0,30}") {
            let _ = (lenient_decimal(&written), lenient_range(&written));
        }
    }
}
