use leadwright_domain::{fault::Fault, leads::RawLead};
use serde_json::{Value, json};

/// What an HTML form of a browser sends.
pub const URLENCODED: &str = "application/x-www-form-urlencoded";

/// Why a post can't be read.
#[derive(Clone, Debug, PartialEq)]
pub enum Unreadable {
    /// The media type is not one that is read here.
    MediaType,
    /// The body is not what the media type says.
    Body(String),
    /// The body is JSON, but no object of fields.
    NoObject(Fault),
}

/// Reads the fields of a post, by its media type without parameters. Several values of one name (check boxes) become a
/// list.
///
/// # Errors
/// It can't be read.
pub fn fields(media_type: &str, body: &[u8]) -> Result<RawLead, Unreadable> {
    let read = if media_type == URLENCODED {
        urlencoded(body)?
    } else if media_type == "application/json" || media_type.ends_with("+json") {
        json(body)?
    } else {
        return Err(Unreadable::MediaType);
    };
    match without_nul(Value::Object(read)) {
        Value::Object(fields) => Ok(fields),
        _ => Err(Unreadable::MediaType),
    }
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

fn json(body: &[u8]) -> Result<RawLead, Unreadable> {
    match serde_json::from_slice(body) {
        Ok(Value::Object(fields)) => Ok(fields),
        Ok(_) => Err(Unreadable::NoObject(Fault::at_pointer("#", "wrong_type", "Send a JSON object of fields."))),
        Err(error) => {
            Err(Unreadable::Body(format!("The body is not JSON: line {}, column {}.", error.line(), error.column())))
        }
    }
}

fn urlencoded(body: &[u8]) -> Result<RawLead, Unreadable> {
    let pairs: Vec<(String, String)> = serde_urlencoded::from_bytes(body)
        .map_err(|_| Unreadable::Body("The body is not a URL-encoded form in UTF-8.".to_owned()))?;
    let mut fields = RawLead::new();
    for (name, value) in pairs {
        let value = Value::String(value);
        match fields.get_mut(&name) {
            None => {
                fields.insert(name, value);
            }
            Some(Value::Array(values)) => values.push(value),
            Some(first) => *first = json!([first.take(), value]),
        }
    }
    Ok(fields)
}
