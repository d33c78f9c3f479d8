//! Reading one value of a field's type.

use serde_json::Value as Json;
use uuid::Uuid;

use super::{Wrong, moments};
use crate::{
    condition::{FieldType, Op, Value},
    fault::nearest,
    quantity::Decimal,
    text::{fold, fold_label},
};

/// The most characters of a text.
const MAX_TEXT: usize = 1_000;
/// The largest whole number that every JSON reader keeps exactly.
const MAX_WHOLE: i64 = 9_007_199_254_740_991;
/// The largest decimal number whose millionths every JSON reader keeps exactly.
const MAX_DECIMAL: f64 = 9_000_000_000.0;

/// Reads a value that is compared with a field of a type.
pub(super) fn read(json: &Json, kind: &FieldType, op: Op) -> Result<Value, Wrong> {
    match kind {
        FieldType::Text | FieldType::Texts => text(json, fold),
        FieldType::Label | FieldType::Labels => text(json, fold_label),
        FieldType::Country => country(json),
        FieldType::Choice(options) | FieldType::Choices(options) => option(json, options),
        FieldType::Id => id(json),
        FieldType::Whole => whole(json).map(Value::Whole),
        FieldType::Decimal => decimal(json).map(Value::Decimal),
        FieldType::Money => money(json),
        FieldType::Boolean => {
            json.as_bool().map(Value::Boolean).ok_or_else(|| Wrong::new("invalid_value", "Give true or false"))
        }
        FieldType::Date => moments::day(json).map(Value::Day),
        FieldType::Instant => moments::moment(json).map(Value::Moment),
        FieldType::Place => Err(Wrong::new("invalid_value", format!("A place is not compared with {op}"))),
    }
}

fn written(json: &Json) -> Result<&str, Wrong> {
    let text = json.as_str().ok_or_else(|| Wrong::new("invalid_value", "Give text"))?;
    if text.chars().nth(MAX_TEXT).is_some() {
        return Err(Wrong::new("text_too_long", format!("Give at most {MAX_TEXT} characters")));
    }
    Ok(text)
}

fn text(json: &Json, form: fn(&str) -> String) -> Result<Value, Wrong> {
    let given = written(json)?;
    let folded = form(given);
    if folded.is_empty() {
        let detail = "Nothing is left of this text to compare; to test for a missing value use exists: false";
        return Err(Wrong::new("blank_value", detail));
    }
    Ok(Value::Text { given: given.to_owned(), folded })
}

fn word(word: &str) -> Value {
    Value::Text { given: word.to_owned(), folded: fold(word) }
}

fn country(json: &Json) -> Result<Value, Wrong> {
    let given = written(json)?;
    let code = given.trim();
    match celes::Country::from_alpha2(code) {
        Ok(country) if code.len() == 2 => Ok(word(country.alpha2)),
        _ => {
            let meant = code.parse::<celes::Country>().ok().map(|country| country.alpha2);
            let detail = "Give a country as its two letters (ISO 3166-1 alpha-2), such as US";
            Err(Wrong::new("invalid_country", detail).suggesting(meant))
        }
    }
}

/// One of the options, written with any case, `_`, `-` or space.
fn option(json: &Json, options: &[String]) -> Result<Value, Wrong> {
    let given = written(json)?;
    if let Some(exact) = options.iter().find(|option| *option == given) {
        return Ok(word(exact));
    }
    let folded = fold_label(given);
    if let Some(same) = options.iter().find(|option| fold_label(option) == folded) {
        return Ok(word(same));
    }
    let meant = nearest(given, options.iter().map(String::as_str)).map(str::to_owned);
    let shown: Vec<&str> = options.iter().take(30).map(String::as_str).collect();
    let more = if shown.len() < options.len() { ", …" } else { "" };
    Err(Wrong::new(
        "unknown_option",
        format!("`{given}` is none of the options; give one of {}{more}", shown.join(", ")),
    )
    .suggesting(meant))
}

fn id(json: &Json) -> Result<Value, Wrong> {
    let id = json.as_str().and_then(|text| Uuid::try_parse(text).ok());
    id.map(Value::Id)
        .ok_or_else(|| Wrong::new("invalid_id", "Give an id, such as 01890a5d-ac96-774b-bcce-b302099a8057"))
}

fn whole(json: &Json) -> Result<i64, Wrong> {
    let number = json.as_i64().filter(|number| (-MAX_WHOLE..=MAX_WHOLE).contains(number));
    number.ok_or_else(|| Wrong::new("invalid_value", format!("Give a whole number of at most {MAX_WHOLE}")))
}

/// A number; what lies beyond six decimal places is rounded away.
pub(super) fn decimal(json: &Json) -> Result<Decimal, Wrong> {
    let number = json.as_f64().filter(|number| number.abs() <= MAX_DECIMAL).and_then(Decimal::from_f64);
    number.ok_or_else(|| Wrong::new("invalid_value", format!("Give a number of at most {MAX_DECIMAL}")))
}

/// Minor units: a whole number in the organization's currency, or an object that names another.
fn money(json: &Json) -> Result<Value, Wrong> {
    let detail = r#"Give minor units as a whole number, or {"amount": 1000000, "currency": "USD"}"#;
    let Some(members) = json.as_object() else {
        let amount = whole(json).map_err(|_| Wrong::new("invalid_value", detail))?;
        return Ok(Value::Money { amount, currency: None });
    };
    let amount = members.get("amount").and_then(|amount| whole(amount).ok());
    let currency = members.get("currency").and_then(Json::as_str).map(str::to_ascii_uppercase);
    let currency = currency.filter(|code| code.len() == 3 && code.bytes().all(|b| b.is_ascii_uppercase()));
    match (amount, currency) {
        (Some(amount), Some(currency)) if members.len() == 2 => Ok(Value::Money { amount, currency: Some(currency) }),
        _ => Err(Wrong::new("invalid_value", detail)),
    }
}
