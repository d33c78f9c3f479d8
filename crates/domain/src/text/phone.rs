//! Phone numbers: read as of a region, kept in E.164.

use rlibphonenumber::{PHONE_NUMBER_UTIL, ParseError, PhoneNumber, PhoneNumberFormat, Region, ValidationError};

use super::Complaint;

/// The longest text that is looked at; no number with an extension is longer.
const LONGEST: usize = 60;

/// A number that exists.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Phone {
    /// `+` and digits, the extension left out: what is compared and dialled.
    pub e164: String,
    /// The extension, if one was given; it stays in the form as given.
    pub extension: Option<String>,
}

/// Reads a number. One without a country code is read as of `region` (ISO 3166-1 alpha-2).
///
/// A number that could exist but does not (no such area, wrong length) is refused with the reason.
pub fn phone(written: &str, region: &str) -> Result<Phone, Complaint> {
    let of_messenger = of_messenger(written.trim());
    let written = of_messenger.as_deref().unwrap_or_else(|| written.trim());
    let region = Region::try_from(region.to_ascii_uppercase().as_str()).ok();
    if written.chars().count() > LONGEST {
        return Err(Complaint::new("invalid_phone", "A phone number has at most 60 characters"));
    }
    let read = without_plus(written, region).or_else(|| valid(written, region)).or_else(|| dialled_abroad(written));
    if let Some(number) = read {
        return Ok(as_phone(&number));
    }
    Err(Complaint::new("invalid_phone", reason(written, region)).suggesting(with_plus(written)))
}

/// WhatsApp writes numbers as addresses of its own, with the country's code and without the `+`.
fn of_messenger(written: &str) -> Option<String> {
    let number = ["@c.us", "@s.whatsapp.net"].into_iter().find_map(|end| written.strip_suffix(end))?;
    number.bytes().all(|byte| byte.is_ascii_digit()).then(|| format!("+{number}"))
}

fn valid(written: &str, region: Option<Region>) -> Option<PhoneNumber> {
    PHONE_NUMBER_UTIL.parse(written, region).ok().filter(PhoneNumber::is_valid)
}

/// `00` is how most of the world dials abroad, whatever the region's own prefix is.
fn dialled_abroad(written: &str) -> Option<PhoneNumber> {
    valid(&format!("+{}", written.strip_prefix("00")?), None)
}

/// Spreadsheets take the `+` off. Where people dial a zero before numbers of their own country, a long number that begins
/// with the country's code instead is one that lost it.
fn without_plus(written: &str, region: Option<Region>) -> Option<PhoneNumber> {
    let digits = (11..=15).contains(&written.len()) && written.bytes().all(|byte| byte.is_ascii_digit());
    let code = region.filter(|_| digits).and_then(|region| PHONE_NUMBER_UTIL.get_country_code_for_region(region))?;
    let rest = written.strip_prefix(&code.to_string())?;
    let usual = PHONE_NUMBER_UTIL.get_example_number(region?).ok()?;
    let zero = usual.format_as(PhoneNumberFormat::National).starts_with('0');
    (zero && !rest.starts_with('0')).then(|| valid(&format!("+{written}"), None)).flatten()
}

/// A number with its country code but without the `+`.
fn with_plus(written: &str) -> Option<String> {
    if !written.starts_with(|c: char| c.is_ascii_digit() && c != '0') {
        return None;
    }
    valid(&format!("+{written}"), None).map(|number| as_phone(&number).e164)
}

fn as_phone(number: &PhoneNumber) -> Phone {
    Phone {
        e164: number.format_as(PhoneNumberFormat::E164).into_owned(),
        extension: number.extension.clone().filter(|extension| !extension.is_empty()),
    }
}

fn reason(written: &str, region: Option<Region>) -> &'static str {
    match PHONE_NUMBER_UTIL.parse(written, region) {
        Err(ParseError::InvalidCountryCode) if region.is_none() || written.starts_with('+') => {
            "The country code of this number does not exist; write +, country code and number"
        }
        Err(ParseError::InvalidCountryCode) => "Write the number with + and its country code",
        Err(ParseError::TooShortAfterIdd | ParseError::TooShortNsn) => "This phone number is too short",
        Err(ParseError::TooLongNsn) => "This phone number is too long",
        Err(ParseError::NotANumber(_)) => "This is not a phone number; write it as +14155552671",
        Ok(number) => match number.is_possible_with_reason() {
            Err(ValidationError::TooShort) => "This phone number is too short for its country",
            Err(ValidationError::TooLong) => "This phone number is too long for its country",
            Err(_) => "This phone number does not have a length that its country uses",
            Ok(_) => "No such phone number is in use in its country; check the digits and the country code",
        },
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use proptest::prelude::*;

    use super::*;

    #[test]
    fn numbers_are_read_as_of_the_region() {
        for (written, region, e164) in [
            ("(415) 555-2671", "US", "+14155552671"),
            ("+49 30 901820", "US", "+4930901820"),
            ("030 901820", "DE", "+4930901820"),
            ("0049 30 901820", "US", "+4930901820"),
            ("tel:+1-415-555-2671", "DE", "+14155552671"),
            ("1-800-FLOWERS", "us", "+18003569377"),
            ("+1 415 555 2671", "", "+14155552671"),
            ("491701234567", "DE", "+491701234567"),
            ("4930901820", "DE", "+4930901820"),
            ("447911123456", "GB", "+447911123456"),
            ("14155552671", "US", "+14155552671"),
            ("14155552671@c.us", "US", "+14155552671"),
            ("4930901820@s.whatsapp.net", "US", "+4930901820"),
        ] {
            assert_eq!(phone(written, region).unwrap().e164, e164, "{written}");
        }
    }

    #[test]
    fn an_extension_is_not_part_of_the_number() {
        let read = phone("415-555-2671 x123", "US").unwrap();
        assert_eq!((read.e164.as_str(), read.extension.as_deref()), ("+14155552671", Some("123")));
    }

    #[test]
    fn what_nobody_can_call_is_refused_with_the_reason() {
        for (written, word) in [
            ("12", "short"),
            ("hello", "not a phone number"),
            ("+999 123456", "country code"),
            ("415 555 26711234567890", "long"),
            ("(000) 555-2671", "No such"),
            ("", "not a phone number"),
        ] {
            let complaint = phone(written, "US").unwrap_err();
            assert!(complaint.detail.contains(word), "{written}: {}", complaint.detail);
        }
        assert_eq!(phone("4930901820", "US").unwrap_err().suggestion, Some("+4930901820".into()));
    }

    proptest! {
        #[test]
        fn reading_twice_changes_nothing(written in "[+0-9 ()x.-]{3,20}") {
            if let Ok(read) = phone(&written, "US") {
                prop_assert_eq!(phone(&read.e164, "DE").unwrap().e164, read.e164);
            }
        }

        #[test]
        fn nothing_panics(written in "(?s).{0,80}", region in "(?s).{0,3}") {
            let _ = phone(&written, &region);
        }
    }
}
