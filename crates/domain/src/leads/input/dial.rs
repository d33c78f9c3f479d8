//! Phone numbers whose calling code stands in an input of its own: `+52` and `55 1234 5678` are one number.

use serde_json::Value;

use crate::{
    leads::Target,
    text::{clean_line, fold_label, phone},
};

/// How inputs for the calling code are called, without case and marks, whatever stands in front.
const CODES: &[&str] = &[
    "callingcode",
    "countrycallingcode",
    "countrycode",
    "countrydialcode",
    "dialcode",
    "dialingcode",
    "diallingcode",
    "dialprefix",
    "isdcode",
    "landesvorwahl",
    "phonecode",
    "phonecountry",
    "phoneprefix",
];

/// One input: its name, what it stands for, what it says.
type Input<'a> = (&'a str, Option<&'a Target>, &'a Value);

/// A number with its calling code, and the inputs that it is made of.
pub(super) struct Joined {
    number: usize,
    code: usize,
    whole: Value,
}

impl Joined {
    /// The inputs with the whole number, and without the code.
    pub(super) fn within<'a>(&'a self, inputs: Vec<Input<'a>>) -> Vec<Input<'a>> {
        let of = |(place, (name, target, value))| match place {
            _ if place == self.number => Some((name, target, &self.whole)),
            _ if place == self.code => None,
            _ => Some((name, target, value)),
        };
        inputs.into_iter().enumerate().filter_map(of).collect()
    }
}

/// The first phone number that says no calling code, with that of an input that is called so.
pub(super) fn joined(inputs: &[Input<'_>], region: &str) -> Option<Joined> {
    let (code, digits) = inputs.iter().enumerate().find_map(|(place, input)| Some((place, code(input)?)))?;
    let (number, written) = inputs.iter().enumerate().find_map(|(place, (_, target, value))| {
        let written = text(value).filter(|_| *target == Some(&Target::Field("phone")))?;
        Some((place, written))
    })?;
    let figures: String = written.chars().filter(char::is_ascii_digit).collect();
    let is_whole = written.trim_start().starts_with('+') || figures.starts_with("00");
    if is_whole {
        return None;
    }
    // Where the number has the code and only lacks its plus, it would have it twice.
    let mut possible = [format!("+{digits} {}", written.trim()), format!("+{figures}")].into_iter();
    let whole = possible.find(|whole| phone(whole, region).is_ok())?;
    Some(Joined { number, code, whole: whole.into() })
}

/// The digits of a calling code, if that is what an input is called and says.
fn code((name, _, value): &Input<'_>) -> Option<String> {
    let called: String = fold_label(name).chars().filter(|c| c.is_alphanumeric()).collect();
    if !CODES.iter().any(|word| called.ends_with(word)) {
        return None;
    }
    let written = text(value)?;
    let digits = written.trim().trim_start_matches('\'').trim_start_matches("00").trim_start_matches('+').trim();
    let is_code = (1..=3).contains(&digits.len()) && digits.bytes().all(|byte| byte.is_ascii_digit());
    (is_code && !digits.starts_with('0')).then(|| digits.to_owned())
}

fn text(value: &Value) -> Option<String> {
    match value {
        Value::String(text) => Some(clean_line(text)),
        Value::Number(number) => Some(number.to_string()),
        _ => None,
    }
}
