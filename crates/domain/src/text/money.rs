//! Money as people write it: `$5M`, `1.200.000 EUR`, `USD 1M - 10M`.

use iso_currency::Currency;

use super::{
    Complaint, fold,
    number::{ends, micros, without_exponent},
};
use crate::quantity::{Decimal, Money};

/// Signs of currencies, folded; `$`, `¥` and `kr` are the organization's own where that uses them.
const SIGNS: &[(&str, &str, &[&str])] = &[
    ("us$", "USD", &[]),
    ("a$", "AUD", &[]),
    ("c$", "CAD", &[]),
    ("r$", "BRL", &[]),
    ("hk$", "HKD", &[]),
    ("nt$", "TWD", &[]),
    ("nz$", "NZD", &[]),
    ("mx$", "MXN", &[]),
    ("s$", "SGD", &[]),
    ("$", "USD", &["USD", "CAD", "AUD", "NZD", "SGD", "HKD", "MXN", "TWD", "CLP", "COP", "ARS"]),
    ("€", "EUR", &[]),
    ("£", "GBP", &[]),
    ("¥", "JPY", &["JPY", "CNY"]),
    ("₹", "INR", &[]),
    ("₩", "KRW", &[]),
    ("₽", "RUB", &[]),
    ("₺", "TRY", &[]),
    ("zł", "PLN", &[]),
];

/// Reads a currency code of ISO 4217, in any case.
pub fn currency(written: &str) -> Option<&'static str> {
    let code = written.trim().to_ascii_uppercase();
    let currency = Currency::from_code(&code)?;
    currency.exponent().map(|_| currency.code())
}

/// Digits after the point of a currency: 2 for USD, 0 for JPY, 3 for KWD.
pub fn minor_digits(code: &str) -> Option<u32> {
    Currency::from_code(code)?.exponent().map(u32::from)
}

/// Currencies of people who write a dot between thousands and a comma before decimals.
const WITH_DOTS: &[&str] = &[
    "EUR", "BRL", "DKK", "NOK", "SEK", "ISK", "PLN", "CZK", "HUF", "RON", "BGN", "RSD", "TRY", "IDR", "VND", "ARS",
    "CLP", "COP", "UYU", "PYG",
];

/// Countries where people write so.
const COUNTRIES_WITH_DOTS: &[&str] = &[
    "AL", "AR", "AT", "BA", "BE", "BG", "BO", "BR", "CL", "CO", "CZ", "DE", "DK", "EC", "EE", "ES", "FI", "FR", "GR",
    "HR", "HU", "ID", "IS", "IT", "LT", "LU", "LV", "ME", "MK", "NL", "NO", "PL", "PT", "PY", "RO", "RS", "RU", "SE",
    "SI", "SK", "TR", "UA", "UY", "VE", "VN",
];

/// Where crowns are written as `kr`.
const CROWNS: &[&str] = &["SEK", "NOK", "DKK", "ISK"];

/// Whether people of a country (alpha-2) write a dot between thousands, so that it is none before decimals.
pub fn writes_dots(country: &str) -> bool {
    COUNTRIES_WITH_DOTS.contains(&country)
}

/// Whether an amount has three figures behind its one dot, which may be thousands, and neither its currency nor the country,
/// of which `dots` tells, says what is meant.
pub fn is_ambiguous_amount(written: &str, base: &str, dots: bool) -> bool {
    // Most amounts have no dot, and finding their currency takes a while.
    if dots || !written.contains(['.', '\u{ff0e}']) {
        return false;
    }
    let (text, code) = without_currency(&fold(written), base);
    let told = code.as_deref().is_some_and(|code| WITH_DOTS.contains(&code));
    let groups = |part: &str| in_one_group(part).is_some();
    let some = ends(text.trim()).map_or_else(|| groups(&text), |(min, max)| groups(min) || groups(max));
    some && !told && !has_thousandths(code.as_deref().unwrap_or(base))
}

/// Whether one dot before three figures separates thousands in amounts of this currency.
fn separates_with_dots(code: &str, dots: bool) -> bool {
    (dots || WITH_DOTS.contains(&code)) && !has_thousandths(code)
}

/// Whether a currency has three decimal places or more, as dinars have.
fn has_thousandths(code: &str) -> bool {
    minor_digits(code).is_none_or(|digits| digits > 2)
}

/// `12.500` as thousands: one to three figures, a dot, three figures, and nothing else.
fn in_one_group(part: &str) -> Option<String> {
    let (before, after) = part.trim().trim_start_matches('+').split_once('.')?;
    let digits = |text: &str, sizes: std::ops::RangeInclusive<usize>| {
        sizes.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit())
    };
    (digits(before, 1..=3) && digits(after, 3..=3) && !before.starts_with('0')).then(|| format!("{before}{after}"))
}

/// Reads an amount or a range in major units; without a currency it is in `base`. `dots` says whether people write a dot
/// between thousands here; who writes euros does so anyhow.
pub fn lenient_money(written: &str, base: &str, dots: bool) -> Result<Money, Complaint> {
    let unclear = || Complaint::new("invalid_money", "Write an amount such as 1200000, $1.2M or 1M-5M EUR");
    if written.chars().count() > 80 {
        return Err(unclear());
    }
    let (text, named) = without_currency(&fold(written), base);
    let text = text.trim().trim_end_matches('+').trim();
    let dots = match &named {
        Some(code) => separates_with_dots(code, dots),
        None => dots && !has_thousandths(base),
    };
    let code = named.unwrap_or_else(|| base.to_owned());
    let minor = |part: &str| {
        let grouped = in_one_group(part).filter(|_| dots).or_else(|| without_exponent(part));
        micros(grouped.as_deref().unwrap_or(part)).and_then(|micros| minor_units(micros, &code))
    };
    let (amount, max) = match ends(text) {
        Some((min, max)) => {
            // "1-5M" means 1M to 5M.
            let scale = max.trim().trim_start_matches(|c: char| !c.is_alphabetic());
            let bare = !min.chars().any(char::is_alphabetic) && !scale.is_empty();
            let min = if bare { minor(&format!("{}{scale}", min.trim())) } else { minor(min) };
            (min.ok_or_else(unclear)?, Some(minor(max).ok_or_else(unclear)?))
        }
        None => (minor(text).ok_or_else(unclear)?, None),
    };
    if amount < 0 || max.is_some_and(|max| max < amount) {
        return Err(unclear());
    }
    Ok(Money { amount, max_amount: max.filter(|max| *max != amount), currency: code })
}

/// Millionths of major units in minor units; what is finer is cut.
fn minor_units(micros: i128, code: &str) -> Option<i64> {
    let per_major = 10_i128.checked_pow(minor_digits(code)?)?;
    i64::try_from(micros.checked_mul(per_major)? / i128::from(Decimal::SCALE)).ok()
}

/// Takes every mention of a currency out of the text.
fn without_currency(folded: &str, base: &str) -> (String, Option<String>) {
    for word in folded.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() == 3) {
        if let Some(code) = currency(word) {
            return (folded.replace(word, " "), Some(code.to_owned()));
        }
    }
    if let Some((sign, code, shared)) = sign(folded) {
        let code = if shared.contains(&base) { base } else { code };
        return (folded.replace(sign, " "), Some(code.to_owned()));
    }
    let bare = folded.trim().trim_end_matches('.');
    let crowns = bare.strip_suffix("kr").or_else(|| bare.strip_prefix("kr")).filter(|_| CROWNS.contains(&base));
    match crowns {
        Some(amount) => (amount.trim_start_matches('.').to_owned(), Some(base.to_owned())),
        None => (folded.to_owned(), None),
    }
}

/// Whether a text is the sign or the code of a currency, and nothing else.
pub fn names_currency(written: &str) -> bool {
    let folded = fold(written);
    SIGNS.iter().any(|(sign, ..)| *sign == folded) || (written.len() == 3 && currency(written).is_some())
}

/// A number without the currency beside it, if there is one.
pub(super) fn beside_currency(written: &str) -> Option<String> {
    let (number, code) = without_currency(&fold(written), "");
    code.map(|_| number)
}

/// The sign of a currency in a text, if there is one.
pub(crate) fn sign_in(folded: &str) -> Option<&'static str> {
    sign(folded).map(|(sign, ..)| *sign)
}

fn sign(folded: &str) -> Option<&'static (&'static str, &'static str, &'static [&'static str])> {
    // The `s$` of `dollars$` is none.
    let stands_alone = |at: usize, sign: &str| {
        sign == "$"
            || !sign.ends_with('$')
            || !folded.get(..at).is_some_and(|before| before.ends_with(char::is_alphabetic))
    };
    SIGNS.iter().find(|(sign, ..)| folded.match_indices(sign).any(|(at, _)| stands_alone(at, sign)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn signs_are_folded() {
        assert!(SIGNS.iter().all(|(sign, ..)| fold(sign) == *sign));
    }

    #[test]
    fn amounts_are_in_minor_units() {
        for (written, amount, max, code) in [
            ("1200000", 120_000_000, None, "EUR"),
            ("$5M", 500_000_000, None, "USD"),
            ("USD 1,200.50", 120_050, None, "USD"),
            ("1.200.000 €", 120_000_000, None, "EUR"),
            ("$1M - $10M", 100_000_000, Some(1_000_000_000), "USD"),
            ("1-5M GBP", 100_000_000, Some(500_000_000), "GBP"),
            ("¥5000", 5_000, None, "JPY"),
            ("1.5 KWD", 1_500, None, "KWD"),
            ("$1B+", 100_000_000_000, None, "USD"),
            ("HK$5M", 500_000_000, None, "HKD"),
            ("5M R$", 500_000_000, None, "BRL"),
        ] {
            let expected = Money { amount, max_amount: max, currency: code.to_owned() };
            assert_eq!(lenient_money(written, "EUR", false), Ok(expected), "{written}");
        }
        assert_eq!(lenient_money("$5", "CAD", false).map(|money| money.currency).as_deref(), Ok("CAD"));
        for written in ["", "lots", "5M-1M", "$", "-5", "EUR", "99999999999999999999"] {
            assert!(lenient_money(written, "EUR", false).is_err(), "{written}");
        }
    }

    #[test]
    fn one_dot_before_three_figures_is_read_as_people_there_mean_it() {
        let read = |written: &str, base: &str, dots: bool| lenient_money(written, base, dots).map(|money| money.amount);
        for (written, base, dots, amount) in [
            ("12.500 €", "USD", false, 1_250_000),
            ("€12.500", "USD", false, 1_250_000),
            ("12.500 EUR", "USD", false, 1_250_000),
            ("R$ 12.500", "USD", false, 1_250_000),
            ("12.500", "USD", true, 1_250_000),
            ("$12.500", "EUR", true, 1_250_000),
            ("12.500 - 50.000 €", "USD", false, 1_250_000),
            ("12.500 kr.", "DKK", false, 1_250_000),
            ("kr 12.500", "NOK", false, 1_250_000),
            ("1,25 €", "USD", false, 125),
            ("1.25 €", "USD", true, 125),
            ("1.250 Mio €", "USD", true, 125_000_000),
            ("0.125 EUR", "USD", true, 12),
            ("1250.125 EUR", "USD", true, 125_012),
            ("12.500 KWD", "EUR", true, 12_500),
            ("12.500", "USD", false, 1_250),
            ("1.2E7", "USD", false, 1_200_000_000),
            ("1.25e+03 USD", "EUR", true, 125_000),
        ] {
            assert_eq!(read(written, base, dots), Ok(amount), "{written} {base} {dots}");
        }
        for (written, dots, doubtful) in [
            ("12.500", false, true),
            ("$12.500", false, true),
            ("12.500-50.000", false, true),
            ("12.500", true, false),
            ("12.500 €", false, false),
            ("12.500 BHD", false, false),
            ("12.50", false, false),
            ("12,500", false, false),
            ("1.250.000", false, false),
            ("1.125M", false, false),
        ] {
            assert_eq!(is_ambiguous_amount(written, "USD", dots), doubtful, "{written} {dots}");
        }
    }

    #[test]
    fn only_currencies_one_can_pay_with_are_currencies() {
        assert_eq!(currency("usd"), Some("USD"));
        assert_eq!((currency("ABC"), currency("XXX"), currency("é")), (None, None, None));
    }

    proptest! {
        #[test]
        fn nothing_panics(written in "(?s).{0,40}|[$€0-9.,kmbn+ USDE-]{0,30}", base in "[A-Z]{0,3}", dots: bool) {
            let _ = (lenient_money(&written, &base, dots), is_ambiguous_amount(&written, &base, dots));
        }
    }
}
