//! The fields that are written as a whole: a name with its parts, a number with the form in which it was given.

use serde_json::Value;

use crate::leads::{FieldKind, LEAD_FIELDS, Profile};

/// What belongs to another field, or is united instead of overwritten.
fn is_unit(name: &str, kind: FieldKind) -> bool {
    let united = matches!(
        kind,
        FieldKind::Labels
            | FieldKind::Tags
            | FieldKind::Purchases
            | FieldKind::Consents
            | FieldKind::Touch
            | FieldKind::ExternalIds
            | FieldKind::Custom
    );
    !united && !matches!(name, "first_name" | "last_name" | "notes")
}

/// The fields that are not an organization's own.
pub(super) fn names() -> impl Iterator<Item = String> {
    fields().map(ToOwned::to_owned)
}

fn fields() -> impl Iterator<Item = &'static str> {
    LEAD_FIELDS.iter().filter(|field| is_unit(field.name, field.kind)).map(|field| field.name)
}

/// The fields of these profiles, custom ones included as `custom.<key>`, each once.
pub fn of_profile(profiles: &[&Profile]) -> Vec<String> {
    let mut all: Vec<String> = names().collect();
    let mut custom: Vec<String> =
        profiles.iter().flat_map(|one| one.custom.keys()).map(|key| format!("custom.{key}")).collect();
    custom.sort_unstable();
    custom.dedup();
    all.extend(custom);
    all
}

/// What a field holds, as the API takes it; `null` for nothing.
pub fn value(profile: &Profile, field: &str) -> Value {
    match (field.strip_prefix("custom."), field) {
        (Some(key), _) => profile.custom.get(key).cloned().unwrap_or_default(),
        (None, "phone") => match &profile.phone {
            None => profile.phone_given.clone().map_or(Value::Null, Value::String),
            Some(_) => profile.json("phone"),
        },
        // What follows from the title is nobody's word.
        (None, "seniority") if !profile.seniority_given => Value::Null,
        (None, name) => profile.json(name),
    }
}

/// Whether a field holds the same in both.
pub(super) fn same(one: &Profile, other: &Profile, field: &str) -> bool {
    match field {
        "phone" | "seniority" => value(one, field) == value(other, field),
        "contact_name" => ["contact_name", "first_name", "last_name"].iter().all(|name| one.same(name, other)),
        _ => match field.strip_prefix("custom.") {
            Some(key) => one.custom.get(key) == other.custom.get(key),
            None => one.same(field, other),
        },
    }
}

/// Takes a whole field over from another profile.
pub(super) fn take(profile: &mut Profile, from: &Profile, field: &str) {
    match (field.strip_prefix("custom."), field) {
        (Some(key), _) => match from.custom.get(key) {
            Some(value) => drop(profile.custom.insert(key.to_owned(), value.clone())),
            None => drop(profile.custom.shift_remove(key)),
        },
        (None, "contact_name") => {
            for name in ["contact_name", "first_name", "last_name"] {
                profile.copy_field(name, from);
            }
        }
        (None, "phone") => {
            profile.phone.clone_from(&from.phone);
            profile.phone_given.clone_from(&from.phone_given);
        }
        (None, "seniority") => {
            profile.seniority = from.seniority;
            profile.seniority_given = from.seniority_given;
        }
        (None, name) => drop(profile.copy_field(name, from)),
    }
}
