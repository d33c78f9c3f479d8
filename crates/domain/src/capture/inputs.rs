//! From what was posted to what is read: nested members get names of one line, the form's mapping comes first, and what
//! only the organization decides is not left to the world.

use serde_json::{Map, Value};

use super::FormSettings;
use crate::{
    fault::Fault,
    leads::{CustomFieldDef, RawLead, Target, is_of_a_person, is_somebody_else, target_for},
};

/// The most inputs that one post is taken apart into.
const MOST_INPUTS: usize = 1_000;

/// Members that are read as a whole.
const WHOLE: &[&str] = &["custom", "consent", "annual_revenue", "external_ids", "first_touch", "last_touch", "bant"];

/// Words that mean something only with what they belong to: `name` of a product is nobody's.
const VAGUE: &[&str] = &[
    "name",
    "title",
    "url",
    "type",
    "status",
    "source",
    "id",
    "value",
    "label",
    "role",
    "size",
    "description",
    "detail",
    "details",
    "code",
    "function",
    "position",
    "land",
    "web",
    "domain",
];

/// What wraps the person or the whole form.
const WRAPPERS: &[&str] = &[
    "contact",
    "person",
    "lead",
    "user",
    "customer",
    "visitor",
    "applicant",
    "profile",
    "data",
    "fields",
    "properties",
    "attributes",
    "form",
    "form_data",
    "formdata",
    "answers",
    "submission",
    "payload",
    "body",
    "values",
    "response",
    "details",
];

/// One input of a post.
#[derive(Clone, Debug, PartialEq)]
pub struct Input {
    /// The name under which it is read.
    pub name: String,
    /// What it fills; nothing for what is kept aside.
    pub target: Option<Target>,
    /// What it says.
    pub value: Value,
}

impl FormSettings {
    /// What was posted as it is read, mapped inputs first, so that they win over inputs that happen to be called like a
    /// field; and what is kept aside because it is not for the world to say.
    ///
    /// A mapping names an input as it was posted, a nested one with dots (`contact.email`) or by a JSON pointer
    /// (`/contact/email`).
    pub fn inputs(&self, posted: RawLead, custom: &[CustomFieldDef]) -> (Vec<Input>, Vec<Fault>) {
        let posted = Value::Object(posted);
        let mut mapped: Vec<Input> = Vec::new();
        let mut taken: Vec<String> = Vec::new();
        let mut take = |name: &str, target: &str, value: Value| {
            taken.push(name.to_owned());
            // Of two inputs for one field the second keeps its own name.
            let second = mapped.iter().any(|known| known.name == target);
            let name = if second { name } else { target };
            mapped.push(Input { name: name.to_owned(), target: target_for(target, custom), value });
        };
        for (pointer, target) in self.field_mapping.iter().filter(|(name, _)| name.starts_with('/')) {
            if let Some(value) = posted.pointer(pointer) {
                let name: Vec<String> =
                    pointer[1..].split('/').map(|token| token.replace("~1", "/").replace("~0", "~")).collect();
                take(&name.join("."), target, value.clone());
            }
        }
        let flat = match posted {
            Value::Object(members) => flattened(members),
            _ => RawLead::new(),
        };
        let mut others = Vec::new();
        for (name, value) in flat.into_iter().filter(|(name, _)| !self.protection.reads(name)) {
            let target = self.field_mapping.get(&name).or_else(|| self.field_mapping.get(name.trim_end_matches("[]")));
            match target {
                Some(target) => take(&name, target, value),
                None => others.push((name, value)),
            }
        }
        let mut warnings = Vec::new();
        others.retain(|(name, _)| !taken.contains(name));
        let others = others.into_iter().map(|(name, value)| {
            let target = named(&name, custom);
            let allowed = target.as_ref().is_none_or(is_personal);
            if !allowed {
                let detail = "Only the form's field_mapping can let the world say this; it was kept aside.";
                warnings.push(Fault::in_field(&name, "not_mapped", detail));
            }
            Input { name, target: target.filter(|_| allowed), value }
        });
        let others: Vec<Input> = others.collect();
        mapped.extend(others);
        (mapped, warnings)
    }
}

/// Whether the world may say it without being asked: who somebody is, not what becomes of them.
fn is_personal(target: &Target) -> bool {
    match target {
        Target::Field(name) => !matches!(
            *name,
            "priority"
                | "tags"
                | "relationship"
                | "customer_since"
                | "purchases"
                | "next_action"
                | "external_ids"
                | "first_touch"
                | "last_touch"
        ),
        Target::Custom(_) | Target::Touch(_) | Target::ClickId(_) | Target::Consent(..) | Target::OptOut => true,
        Target::Source
        | Target::Owner
        | Target::Team
        | Target::Status
        | Target::Stage
        | Target::ScoreAdjustment
        | Target::CreatedAt
        | Target::ExternalId(_)
        | Target::Kept(_) => false,
    }
}

/// What an input stands for by its name; a nested one by its whole name, or else by its last part where that says enough.
fn named(name: &str, custom: &[CustomFieldDef]) -> Option<Target> {
    let Some((parents, leaf)) = name.rsplit_once('.').filter(|_| !name.starts_with("custom.")) else {
        return target_for(name, custom);
    };
    let parent = parents.rsplit('.').find(|part| part.parse::<usize>().is_err()).unwrap_or_default();
    let lower = leaf.trim().to_lowercase();
    // What is one of a list belongs to something of which there are many.
    let wrapped = parents.ends_with(parent) && WRAPPERS.contains(&parent.trim().to_lowercase().as_str());
    let says_enough = !VAGUE.contains(&lower.as_str()) || wrapped;
    // `external_ids.crm` is one name.
    if lower.is_empty() || name.to_lowercase().starts_with("external_ids.") {
        return target_for(name, custom);
    }
    let found =
        target_for(&format!("{parent} {leaf}"), custom).or_else(|| target_for(leaf, custom).filter(|_| says_enough));
    // How to reach a manager does not reach the lead.
    found.filter(|target| !is_of_a_person(target) || !parents.split('.').any(is_somebody_else))
}

/// The members of nested objects under names with dots. Lists of plain values stay lists.
fn flattened(members: RawLead) -> RawLead {
    let mut flat = Map::new();
    for (name, value) in members {
        if WHOLE.contains(&name.as_str()) {
            flat.entry(name).or_insert(value);
        } else {
            flatten(name, value, &mut flat);
        }
    }
    flat
}

fn flatten(name: String, value: Value, flat: &mut RawLead) {
    let is_plain = |value: &Value| !value.is_object() && !value.is_array();
    match value {
        Value::Object(members) if !members.is_empty() && flat.len() < MOST_INPUTS => {
            for (key, value) in members {
                flatten(format!("{name}.{key}"), value, flat);
            }
        }
        Value::Array(values) if !values.iter().all(is_plain) && flat.len() < MOST_INPUTS => {
            for (at, value) in values.into_iter().enumerate() {
                flatten(format!("{name}.{at}"), value, flat);
            }
        }
        value => {
            flat.entry(name).or_insert(value);
        }
    }
}

#[cfg(test)]
#[path = "inputs_tests.rs"]
mod tests;
