//! Values of custom fields, read as their definitions say.

use serde_json::{Map, Number, Value};

use super::{
    CustomFieldDef, CustomFieldKind,
    input::{InputRules, Mode},
    structured::short_text,
    values::{day, instant, text_of, wrong_type},
    words,
};
use crate::{
    fault::nearest,
    quantity::Decimal,
    text::{Complaint, fold_label, lenient_decimal, url},
    time::to_rfc3339,
};

/// The longest text of a custom field.
pub const LONGEST_TEXT: usize = 1_000;

/// Reads a value as the definition says; `None` for `null` and blank text.
///
/// Stored are text, a number, a truth value, `YYYY-MM-DD`, an RFC 3339 instant, one option, or a list of options in
/// the order of the definition.
pub fn read(def: &CustomFieldDef, value: &Value, rules: &InputRules<'_>) -> Result<Option<Value>, Complaint> {
    match def.kind {
        CustomFieldKind::Number => number(value, rules),
        CustomFieldKind::Boolean => boolean(value, rules),
        CustomFieldKind::MultiSelect => options(def, value, rules),
        _ => {
            let Some(written) = short_text(value, LONGEST_TEXT, rules.mode)? else { return Ok(None) };
            let text = match def.kind {
                CustomFieldKind::Date => day(&written, rules)?.to_string(),
                CustomFieldKind::Datetime => to_rfc3339(instant(&written, rules)?),
                CustomFieldKind::Url => url(&written)?,
                CustomFieldKind::SingleSelect => option(def, &written)?.to_owned(),
                _ => written,
            };
            Ok(Some(Value::String(text)))
        }
    }
}

/// The values of a new lead that brings none: the defaults of the active definitions.
pub fn fill_defaults(values: &mut Map<String, Value>, defs: &[CustomFieldDef]) {
    for def in defs.iter().filter(|def| def.active) {
        if let Some(default) = def.default.as_ref().filter(|_| !values.contains_key(&def.key)) {
            values.insert(def.key.clone(), default.clone());
        }
    }
}

fn number(value: &Value, rules: &InputRules<'_>) -> Result<Option<Value>, Complaint> {
    let refused = || Complaint::new("invalid_number", "Give a number");
    match value {
        Value::Null => Ok(None),
        Value::Number(number) => match number.as_f64().and_then(Decimal::from_f64) {
            Some(_) => Ok(Some(value.clone())),
            None => Err(Complaint::new("out_of_range", "Give a number between -9 and 9 trillion")),
        },
        Value::String(_) => {
            let Some(written) = text_of(value, rules.mode)? else { return Ok(None) };
            // What is JSON already loses nothing; the rest is read as people write numbers.
            let exact = serde_json::from_str::<Number>(&written).ok().and_then(exactly);
            let read = exact.or_else(|| lenient_decimal(&written).and_then(as_number));
            match (rules.mode, read) {
                (Mode::Lenient, read) => read.map(Some).ok_or_else(refused),
                (Mode::Strict, read) => Err(wrong_type("a number, not text").suggesting(read)),
            }
        }
        _ => Err(wrong_type("a number")),
    }
}

/// A number as it is written; one that is whole stays whole.
fn exactly(number: Number) -> Option<Value> {
    let decimal = number.as_f64().and_then(Decimal::from_f64)?;
    if number.is_f64() && decimal.micros() % Decimal::SCALE == 0 && number.as_f64()?.fract() == 0.0 {
        return as_number(decimal);
    }
    Some(Value::Number(number))
}

/// A whole number stays whole.
fn as_number(number: Decimal) -> Option<Value> {
    if number.micros() % Decimal::SCALE == 0 {
        return Some(Value::from(number.micros() / Decimal::SCALE));
    }
    Number::from_f64(number.to_f64()).map(Value::Number)
}

fn boolean(value: &Value, rules: &InputRules<'_>) -> Result<Option<Value>, Complaint> {
    if let Value::Null | Value::Bool(_) = value {
        return Ok(value.as_bool().map(Value::Bool));
    }
    let Some(written) = text_of(value, Mode::Lenient)? else { return Ok(None) };
    let read = words::yes_or_no(&written);
    match rules.mode {
        Mode::Lenient => {
            read.map(Value::Bool).map(Some).ok_or_else(|| Complaint::new("invalid_choice", "Give yes or no"))
        }
        Mode::Strict => Err(wrong_type("true or false").suggesting(read)),
    }
}

fn option<'a>(def: &'a CustomFieldDef, written: &str) -> Result<&'a str, Complaint> {
    let folded = fold_label(written);
    let exact = def.options.iter().find(|option| *option == written);
    exact.or_else(|| def.options.iter().find(|option| fold_label(option) == folded)).map(String::as_str).ok_or_else(
        || {
            let lower: Vec<String> = def.options.iter().map(|option| option.to_lowercase()).collect();
            let near = nearest(written, lower.iter().map(String::as_str))
                .and_then(|near| def.options.iter().find(|option| option.to_lowercase() == near));
            let shown: Vec<&str> = def.options.iter().take(20).map(String::as_str).collect();
            Complaint::new("invalid_choice", format!("Give one of {}", shown.join(", "))).suggesting(near.cloned())
        },
    )
}

fn options(def: &CustomFieldDef, value: &Value, rules: &InputRules<'_>) -> Result<Option<Value>, Complaint> {
    let written: Vec<String> = match value {
        Value::Null => return Ok(None),
        Value::Array(items) => {
            let items: Result<Vec<_>, _> =
                items.iter().map(|item| short_text(item, LONGEST_TEXT, rules.mode)).collect();
            items?.into_iter().flatten().collect()
        }
        // An option may hold a comma: the whole text is tried first.
        Value::String(text) if rules.mode == Mode::Lenient => match option(def, text) {
            Ok(option) => vec![option.to_owned()],
            Err(_) => {
                text.split([',', ';', '|']).map(str::trim).filter(|part| !part.is_empty()).map(str::to_owned).collect()
            }
        },
        _ => return Err(wrong_type("a list of options")),
    };
    let chosen: Result<Vec<&str>, _> = written.iter().map(|written| option(def, written)).collect();
    let chosen = chosen?;
    let ordered: Vec<Value> =
        def.options.iter().filter(|option| chosen.contains(&option.as_str())).cloned().map(Value::String).collect();
    Ok((!ordered.is_empty()).then_some(Value::Array(ordered)))
}
