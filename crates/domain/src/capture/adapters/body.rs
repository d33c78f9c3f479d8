//! From the text of a body to a tree: nothing is lost on the way that other systems are known to send.

use std::fmt;

use serde::de::{Deserialize, Deserializer, MapAccess, SeqAccess, Visitor};
use serde_json::{Map, Number, Value};

use super::look::said;

/// Numbers with more digits are taken as text: no float loses the end of an id.
const EXACT_DIGITS: usize = 15;

/// Reads JSON. A byte order mark is skipped, long numbers keep every digit (as text), of members with one name the last
/// that says something counts, and NUL is left out.
///
/// # Errors
/// It is not JSON; the sentence says where.
pub fn json_body(written: &str) -> Result<Value, String> {
    let written = written.trim_start_matches('\u{feff}');
    let quoted = quote_long_numbers(written);
    let tree: Tree = serde_json::from_str(&quoted)
        .map_err(|error| format!("The body is not JSON: line {}, column {}.", error.line(), error.column()))?;
    Ok(tree.0)
}

/// The fields of an HTML form as a tree: several values of one name become a list.
pub fn form_body(pairs: impl IntoIterator<Item = (String, String)>) -> Value {
    let mut fields = Map::new();
    for (name, value) in pairs {
        let (name, value) = (without_nul(&name), Value::String(without_nul(&value)));
        match fields.get_mut(&name) {
            None => drop(fields.insert(name, value)),
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = Value::Array(vec![first.take(), value]),
        }
    }
    Value::Object(fields)
}

fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

/// Puts numbers into quotes that a float would not keep as they are written.
fn quote_long_numbers(written: &str) -> String {
    let mut out = String::with_capacity(written.len() + 16);
    let (mut rest, mut in_text) = (written, false);
    while let Some(first) = rest.chars().next() {
        let length = match (in_text, first) {
            (true, '\\') => 1 + rest[1..].chars().next().map_or(0, char::len_utf8),
            (_, '"') => {
                in_text = !in_text;
                1
            }
            (false, '-' | '0'..='9') => {
                let length = rest.find(|c: char| !matches!(c, '0'..='9' | '-' | '+' | '.' | 'e' | 'E'));
                let number = &rest[..length.unwrap_or(rest.len())];
                out.push_str(&as_kept(number));
                rest = &rest[number.len()..];
                continue;
            }
            _ => first.len_utf8(),
        };
        out.push_str(&rest[..length]);
        rest = &rest[length..];
    }
    out
}

fn as_kept(number: &str) -> String {
    let digits = number.bytes().filter(u8::is_ascii_digit).count();
    let whole = number.strip_prefix('-').unwrap_or(number).bytes().all(|byte| byte.is_ascii_digit());
    let proper = number.parse::<f64>().is_ok();
    let exact =
        if whole { number.parse::<i64>().is_ok() } else { digits <= EXACT_DIGITS && !number.contains(['e', 'E']) };
    if proper && !exact { format!("\"{number}\"") } else { number.to_owned() }
}

/// JSON that was read with care.
struct Tree(Value);

impl<'de> Deserialize<'de> for Tree {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        deserializer.deserialize_any(TreeVisitor).map(Tree)
    }
}

struct TreeVisitor;

impl<'de> Visitor<'de> for TreeVisitor {
    type Value = Value;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("JSON")
    }

    fn visit_unit<E>(self) -> Result<Value, E> {
        Ok(Value::Null)
    }

    fn visit_bool<E>(self, value: bool) -> Result<Value, E> {
        Ok(Value::Bool(value))
    }

    fn visit_i64<E>(self, value: i64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_u64<E>(self, value: u64) -> Result<Value, E> {
        Ok(value.into())
    }

    fn visit_f64<E>(self, value: f64) -> Result<Value, E> {
        Ok(Number::from_f64(value).map_or(Value::Null, Value::Number))
    }

    fn visit_str<E>(self, value: &str) -> Result<Value, E> {
        Ok(Value::String(without_nul(value)))
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut items: A) -> Result<Value, A::Error> {
        let mut list = Vec::new();
        while let Some(Tree(item)) = items.next_element()? {
            list.push(item);
        }
        Ok(Value::Array(list))
    }

    fn visit_map<A: MapAccess<'de>>(self, mut entries: A) -> Result<Value, A::Error> {
        let mut members = Map::new();
        while let Some((name, Tree(value))) = entries.next_entry::<String, Tree>()? {
            let name = without_nul(&name);
            if said(&value).is_some() || !members.contains_key(&name) {
                members.insert(name, value);
            }
        }
        Ok(Value::Object(members))
    }
}
