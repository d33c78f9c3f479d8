//! Looking into bodies whose keys are written in more than one way and whose values have more than one type.

use serde_json::{Map, Value};

use crate::{
    text::{clean_line, fold_label, lenient_instant},
    time::Instant,
};

/// How deep values are looked into.
const DEEPEST: usize = 8;

/// A member by one of its names: as written, or else whatever its case and marks (`User Column Data`, `userColumnData`).
pub(super) fn member<'v>(value: &'v Value, names: &[&str]) -> Option<&'v Value> {
    let members = value.as_object()?;
    if let Some(exact) = names.iter().find_map(|name| members.get(*name)) {
        return Some(exact);
    }
    members.iter().find(|(key, _)| names.iter().any(|name| alike(key, name))).map(|(_, value)| value)
}

/// Whether two names differ in case, spaces and marks only.
pub(super) fn alike(one: &str, other: &str) -> bool {
    let letters = |name: &str| -> String { fold_label(name).chars().filter(|c| c.is_alphanumeric()).collect() };
    one.len() < 200 && letters(one) == letters(other)
}

/// The text of a member.
pub(super) fn text_at(value: &Value, names: &[&str]) -> Option<String> {
    member(value, names).and_then(text)
}

/// The items of a member that is a list; of one that is an object, its only item.
pub(super) fn items_at<'v>(value: &'v Value, names: &[&str]) -> Vec<&'v Value> {
    match member(value, names) {
        Some(Value::Array(items)) => items.iter().collect(),
        Some(one @ Value::Object(_)) => vec![one],
        _ => Vec::new(),
    }
}

/// A value as one text; nothing where it says nothing.
pub(super) fn text(value: &Value) -> Option<String> {
    match said(value)? {
        Value::String(text) => Some(text),
        Value::Bool(truth) => Some(truth.to_string()),
        Value::Number(number) => Some(number.to_string()),
        Value::Array(items) => Some(items.iter().filter_map(text).collect::<Vec<_>>().join(", ")),
        _ => None,
    }
}

/// What a value says, flat: blank texts, `null` and empty lists say nothing, a list of one is that one, and an object
/// is what it calls its value or label.
pub(super) fn said(value: &Value) -> Option<Value> {
    said_within(value, DEEPEST)
}

fn said_within(value: &Value, deeper: usize) -> Option<Value> {
    let deeper = deeper.checked_sub(1)?;
    match value {
        Value::Null => None,
        Value::String(text) => (!clean_line(text).is_empty()).then(|| value.clone()),
        Value::Bool(_) | Value::Number(_) => Some(value.clone()),
        Value::Array(items) => {
            let mut said: Vec<Value> = items.iter().filter_map(|item| said_within(item, deeper)).collect();
            if said.len() > 1 { Some(Value::Array(said)) } else { said.pop() }
        }
        Value::Object(members) => {
            let named = ["value", "label", "text", "name", "url"].iter().find_map(|name| members.get(*name));
            match named {
                Some(named) => said_within(named, deeper),
                None => {
                    let parts = members.values().filter_map(|part| said_within(part, deeper));
                    let parts: Vec<String> = parts.filter_map(|part| text(&part)).collect();
                    (!parts.is_empty()).then(|| Value::String(parts.join(" ")))
                }
            }
        }
    }
}

/// A yes, however it is written.
pub(super) fn is_yes(value: Option<&Value>) -> bool {
    let written = value.and_then(text).unwrap_or_default().trim().to_lowercase();
    matches!(written.as_str(), "true" | "1" | "yes" | "y" | "on" | "test")
}

/// A moment, as text or as seconds or milliseconds since 1970.
pub(super) fn moment(value: Option<&Value>) -> Option<Instant> {
    lenient_instant(&text(value?)?, false)
}

/// Members that say where something comes from, under our names.
pub(super) fn origin(value: &Value, named: &[(&str, &[&str])]) -> Map<String, Value> {
    let found = named.iter().filter_map(|(name, theirs)| {
        let said = text_at(value, theirs)?;
        Some(((*name).to_owned(), Value::String(said.chars().take(500).collect())))
    });
    found.collect()
}

/// What stands after the last colon of a URN, or the last slash of an address.
pub(super) fn tail(id: &str) -> &str {
    id.trim_end_matches(['/', ')']).rsplit([':', '/']).next().unwrap_or(id)
}

/// Whether this can be nothing but an e-mail address.
pub(super) fn looks_like_an_address(written: &str) -> bool {
    crate::text::email(written.trim()).is_ok()
}

/// Whether this can be nothing but a number to call.
pub(super) fn looks_like_a_number_to_call(written: &str) -> bool {
    let digits = written.bytes().filter(u8::is_ascii_digit).count();
    (7..=15).contains(&digits)
        && written.trim_start().starts_with(['+', '('])
        && written.chars().all(|c| c.is_ascii_digit() || " +()-./".contains(c))
}
