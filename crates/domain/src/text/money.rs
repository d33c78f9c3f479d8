//! Money as people write it: `$5M`, `1.200.000 EUR`, `USD 1M - 10M`.

use iso_currency::Currency;

use super::{
    Complaint, fold,
    number::{ends, micros},
};
use crate::quantity::{Decimal, Money};

/// Signs of currencies; `$`, `¥` and `kr` are the organization's own where that uses them.
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

/// Reads an amount or a range in major units; without a currency it is in `base`.
pub fn lenient_money(written: &str, base: &str) -> Result<Money, Complaint> {
    let unclear = || Complaint::new("invalid_money", "Write an amount such as 1200000, $1.2M or 1M-5M EUR");
    if written.chars().count() > 80 {
        return Err(unclear());
    }
    let (text, code) = without_currency(&fold(written), base);
    let text = text.trim().trim_end_matches('+').trim();
    let minor = |part: &str| micros(part).and_then(|micros| minor_units(micros, &code));
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
fn without_currency(folded: &str, base: &str) -> (String, String) {
    for word in folded.split(|c: char| !c.is_ascii_alphabetic()).filter(|word| word.len() == 3) {
        if let Some(code) = currency(word) {
            return (folded.replace(word, " "), code.to_owned());
        }
    }
    if let Some((sign, code, shared)) = sign(folded) {
        let code = if shared.contains(&base) { base } else { code };
        return (folded.replace(&fold(sign), " "), code.to_owned());
    }
    (folded.to_owned(), base.to_owned())
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
    SIGNS.iter().find(|(sign, ..)| folded.match_indices(&fold(sign)).any(|(at, _)| stands_alone(at, sign)))
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

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
            assert_eq!(lenient_money(written, "EUR"), Ok(expected), "{written}");
        }
        assert_eq!(lenient_money("$5", "CAD").map(|money| money.currency).as_deref(), Ok("CAD"));
        for written in ["", "lots", "5M-1M", "$", "-5", "EUR", "99999999999999999999"] {
            assert!(lenient_money(written, "EUR").is_err(), "{written}");
        }
    }

    #[test]
    fn only_currencies_one_can_pay_with_are_currencies() {
        assert_eq!(currency("usd"), Some("USD"));
        assert_eq!((currency("ABC"), currency("XXX"), currency("é")), (None, None, None));
    }

    proptest! {
        #[test]
        fn nothing_panics(written in "(?s).{0,40}|[$€0-9.,kmbn+ USDE-]{0,30}", base in "[A-Z]{0,3}") {
            let _ = lenient_money(&written, &base);
        }
    }
}
