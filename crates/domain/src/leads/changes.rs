//! What changed between two states of a lead.

use serde::Serialize;
use serde_json::{Map, Value, json};

use super::{LEAD_FIELDS, Profile};

/// One field, before and after.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct ChangedField {
    /// Its name.
    pub field: &'static str,
    /// The value that was; `null` where there was none.
    pub before: Value,
    /// The value that is.
    pub after: Value,
}

/// The fields in which two profiles differ, in the order of the documents.
pub fn diff(before: &Profile, after: &Profile) -> Vec<ChangedField> {
    LEAD_FIELDS
        .iter()
        .filter(|field| differs(field.name, before, after))
        .map(|field| ChangedField {
            field: field.name,
            before: shown(before, field.name),
            after: shown(after, field.name),
        })
        .collect()
}

/// The changes as the event log keeps them: `{field: [before, after]}`.
pub fn changes_json(changes: &[ChangedField]) -> Value {
    let by_field: Map<String, Value> =
        changes.iter().map(|change| (change.field.to_owned(), json!([change.before, change.after]))).collect();
    Value::Object(by_field)
}

/// A phone number that could not be normalized is shown as it was given.
fn shown(profile: &Profile, name: &str) -> Value {
    match (name, &profile.phone, &profile.phone_given) {
        ("phone", None, Some(given)) => Value::String(given.clone()),
        _ => profile.json(name),
    }
}

fn differs(name: &str, before: &Profile, after: &Profile) -> bool {
    !before.same(name, after) || (name == "phone" && shown(before, name) != shown(after, name))
}
