//! What somebody says of themselves, value by value: so their values are told from those of others in the same story.

use std::collections::{HashMap, HashSet};

use serde_json::{Value, json};

use crate::{
    events::Event,
    leads::{FieldKind, LEAD_FIELDS, Lead, Profile, diff, parts::Bant},
};

/// What leads say and said of themselves, by field. What is made of several things counts thing by thing: lists, what has
/// members, and notes by their lines.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct OwnValues {
    by_field: HashMap<&'static str, HashSet<Value>>,
    /// Whether budget, authority, need or timeline were judged.
    pub(super) was_judged: bool,
}

impl OwnValues {
    /// Adds what a lead says.
    pub fn add(&mut self, lead: &Lead) {
        self.was_judged |= lead.bant != Bant::default();
        self.add_profile(&lead.profile);
    }

    /// Adds what a lead said before or after something happened to it. What was judged may be nowhere else any more.
    pub fn add_changes(&mut self, event: &Event) {
        self.was_judged |= event.diff.as_ref().is_some_and(|diff| diff.get("bant").is_some());
        for (field, values) in event.diff.as_ref().and_then(Value::as_object).into_iter().flatten() {
            values.as_array().into_iter().flatten().for_each(|value| self.put(field, value));
        }
    }

    /// What is known of a field, thing by thing.
    pub(super) fn things_of(&self, field: &str) -> Option<&HashSet<Value>> {
        self.by_field.get(field)
    }

    pub(super) fn add_profile(&mut self, profile: &Profile) {
        for said in diff(&Profile::default(), profile) {
            self.put(said.field, &said.after);
        }
    }

    /// What is no field, such as the note on a step of the work, nobody says of themselves. Of few values that many have
    /// none is anybody's.
    fn put(&mut self, field: &str, value: &Value) {
        if let Some(field) = LEAD_FIELDS.iter().find(|known| known.name == field && !is_one_of_few(known.kind)) {
            self.by_field.entry(field.name).or_default().extend(things_in(field.name, value));
        }
    }
}

/// Whether so few values are usual that an equal one tells nothing of whose it is.
fn is_one_of_few(kind: FieldKind) -> bool {
    match kind {
        FieldKind::Priority | FieldKind::Seniority | FieldKind::Relationship => true,
        FieldKind::Country | FieldKind::Language | FieldKind::TimeZone => true,
        // Industries and sizes of companies.
        FieldKind::Label(_) | FieldKind::WholeRange => true,
        _ => false,
    }
}

/// What a value of a field is made of; nothing where it says nothing.
pub(super) fn things_in(field: &str, value: &Value) -> Vec<Value> {
    let kind = || LEAD_FIELDS.iter().find(|known| known.name == field).map(|known| known.kind);
    let has_members = || matches!(kind(), Some(FieldKind::Consents | FieldKind::ExternalIds | FieldKind::Custom));
    match value {
        Value::Array(items) => items.iter().filter(|item| says_something(item)).cloned().collect(),
        Value::Object(members) if has_members() => {
            let members = members.iter().filter(|(_, member)| says_something(member));
            members.map(|(name, member)| json!([name, member])).collect()
        }
        Value::String(text) if field == "notes" => {
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(Value::from).collect()
        }
        other if says_something(other) => vec![other.clone()],
        _ => Vec::new(),
    }
}

pub(super) fn says_something(value: &Value) -> bool {
    match value {
        Value::Null => false,
        Value::String(text) => !text.trim().is_empty(),
        Value::Array(items) => !items.is_empty(),
        Value::Object(members) => !members.is_empty(),
        Value::Bool(_) | Value::Number(_) => true,
    }
}
