//! What was posted, read into fields: JSON, or what browsers make of an HTML form.

mod charset;
mod multipart;
mod urlencoded;

use leadwright_domain::{
    capture::{adapters::json_body, are_inputs},
    fault::Fault,
    leads::RawLead,
};
use serde::Serialize;
use serde_json::{Value, json};

pub use multipart::without_files;

/// What an HTML form of a browser sends.
pub const URLENCODED: &str = "application/x-www-form-urlencoded";
/// What an HTML form with files sends.
pub const MULTIPART: &str = "multipart/form-data";

/// The most inputs that a post may have.
const MOST_INPUTS: usize = 1_000;

/// Why a post can't be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Unreadable {
    /// The media type is not one that is read here.
    MediaType,
    /// The body is not what the media type says.
    Body(String),
    /// The body is JSON, but no object of fields.
    NoObject(Fault),
    /// The body holds more text than is taken.
    TooLarge,
}

/// A post, read.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Fields {
    /// Inputs and what they say. Several values of one name (check boxes) are a list.
    pub values: RawLead,
    /// The files that came along; what is in them is not kept.
    pub files: Vec<FileNote>,
}

/// A file that came along.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct FileNote {
    /// The input it was chosen in.
    pub input: String,
    /// What it was called.
    pub file_name: String,
    /// What it is said to be.
    pub content_type: Option<String>,
    /// How many bytes it had.
    pub bytes: u64,
}

/// The media type without its parameters.
pub fn essence(content_type: &str) -> String {
    content_type.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}

/// A parameter of a media type, without its quotes.
fn parameter(content_type: &str, name: &str) -> Option<String> {
    content_type.split(';').skip(1).find_map(|part| {
        let (key, value) = part.split_once('=')?;
        let value = value.trim().trim_matches('"').trim();
        (key.trim().eq_ignore_ascii_case(name) && !value.is_empty()).then(|| value.to_owned())
    })
}

/// Reads a post by its media type, parameters and all.
///
/// # Errors
/// It can't be read.
pub async fn fields(content_type: &str, body: &[u8]) -> Result<Fields, Unreadable> {
    let kind = essence(content_type);
    let read = if let Some(values) = told_wrongly(&kind, body) {
        Fields { values, files: vec![] }
    } else if kind == URLENCODED {
        Fields { values: urlencoded::read(parameter(content_type, "charset"), body)?, files: vec![] }
    } else if kind == MULTIPART {
        multipart::read(content_type, body).await?
    } else if kind == "application/json" || kind.ends_with("+json") || is_beacon(&kind, body) {
        Fields { values: json(parameter(content_type, "charset"), body)?, files: vec![] }
    } else {
        return Err(Unreadable::MediaType);
    };
    match without_nul(Value::Object(read.values)) {
        Value::Object(values) => Ok(Fields { values, files: read.files }),
        _ => Err(Unreadable::MediaType),
    }
}

/// `navigator.sendBeacon` sends JSON as plain text, so that no preflight is needed, or without saying what it is.
fn is_beacon(kind: &str, body: &[u8]) -> bool {
    let first = body.iter().find(|byte| !byte.is_ascii_whitespace() && !matches!(byte, 0xef | 0xbb | 0xbf));
    matches!(kind, "text/plain" | "") && first == Some(&b'{')
}

/// JSON that is called a form, as `curl -d` and others call all that is not said to be something else.
fn told_wrongly(kind: &str, body: &[u8]) -> Option<RawLead> {
    let begins = body.trim_ascii_start().first() == Some(&b'{') && body.trim_ascii_end().last() == Some(&b'}');
    if kind != URLENCODED || !begins {
        return None;
    }
    serde_json::from_slice(body).ok()
}

/// NUL characters mean nothing to anybody, and PostgreSQL can't keep them; the raw body still has them.
fn without_nul(value: Value) -> Value {
    match value {
        Value::String(text) if text.contains('\0') => Value::String(text.replace('\0', "")),
        Value::Array(values) => values.into_iter().map(without_nul).collect(),
        Value::Object(members) => {
            members.into_iter().map(|(name, value)| (name.replace('\0', ""), without_nul(value))).collect()
        }
        other => other,
    }
}

fn json(label: Option<String>, body: &[u8]) -> Result<RawLead, Unreadable> {
    let other = label.as_deref().and_then(charset::known).filter(|known| *known != encoding_rs::UTF_8);
    let read = match other {
        Some(encoding) => serde_json::from_str(&encoding.decode(body).0),
        None => serde_json::from_slice(body.strip_prefix(b"\xef\xbb\xbf").unwrap_or(body)),
    };
    // Nobody needs a number that no computer can hold; what stands beside it is worth reading.
    let read = read.or_else(|error| {
        let whole = std::str::from_utf8(body).ok().filter(|_| error.to_string().starts_with("number out of range"));
        whole.and_then(|written| json_body(written).ok()).ok_or(error)
    });
    match read {
        Ok(Value::Object(fields)) => Ok(fields),
        // Flows that work on lists send one of one.
        Ok(Value::Array(items)) if matches!(&items[..], [Value::Object(_)]) => Ok(items
            .into_iter()
            .find_map(|item| if let Value::Object(fields) = item { Some(fields) } else { None })
            .unwrap_or_default()),
        // Some builders of forms send a list of the inputs.
        Ok(Value::Array(items)) if are_inputs(&items) => Ok(RawLead::from_iter([("fields".to_owned(), items.into())])),
        Ok(_) => Err(Unreadable::NoObject(Fault::at_pointer(
            "#",
            "wrong_type",
            "Send a JSON object of fields, one lead in each request.",
        ))),
        Err(error) => {
            Err(Unreadable::Body(format!("The body is not JSON: line {}, column {}.", error.line(), error.column())))
        }
    }
}

/// Adds a value; several of one name become a list.
fn add(fields: &mut RawLead, name: String, value: String) -> Result<(), Unreadable> {
    let (value, full) = (Value::String(value), fields.len() >= MOST_INPUTS);
    match fields.get_mut(&name) {
        None if full => return Err(Unreadable::Body(format!("The form has more than {MOST_INPUTS} inputs."))),
        None => drop(fields.insert(name, value)),
        Some(Value::Array(values)) if values.len() >= MOST_INPUTS => {
            return Err(Unreadable::Body(format!("An input has more than {MOST_INPUTS} values.")));
        }
        Some(Value::Array(values)) => values.push(value),
        Some(first) => *first = json!([first.take(), value]),
    }
    Ok(())
}

#[cfg(test)]
mod tests;
