//! Nested members under names of one line.

use serde_json::{Map, Value};

use super::around::{is_number, parted, word};
use crate::{
    capture::FormSettings,
    leads::{CustomFieldDef, RawLead, target_for},
};

/// The most inputs that one post is taken apart into.
const MOST_INPUTS: usize = 1_000;
/// The longest path below which members are looked at one by one, in bytes.
const LONGEST_NAME: usize = 1_000;

/// Members that are read as a whole.
const WHOLE: &[&str] = &["custom", "consent", "annual_revenue", "external_ids", "first_touch", "last_touch", "bant"];

/// Texts that an adapter reads: whoever forgot it is told so.
const OF_ADAPTERS: &[&str] = &["data.json", "rawRequest"];

/// What programs that make JSON of XML call the text of an element, and what holds its attributes.
const TEXTS: &[&str] = &["#text", "_", "_text", "$t"];
const ATTRIBUTES: &[&str] = &["$", "_attributes"];

/// Takes posts apart.
pub(super) struct Flat<'a> {
    pub settings: &'a FormSettings,
    pub custom: &'a [CustomFieldDef],
}

impl Flat<'_> {
    /// The members of nested objects under names with dots. Lists of plain values stay lists.
    pub(super) fn of(&self, members: RawLead) -> RawLead {
        let mut flat = Map::new();
        for (name, value) in members {
            if WHOLE.contains(&name.as_str()) {
                flat.entry(name).or_insert(value);
            } else {
                self.flatten(name, value, &mut flat);
            }
        }
        flat
    }

    fn flatten(&self, name: String, value: Value, flat: &mut RawLead) {
        let is_plain = |value: &Value| !value.is_object() && !value.is_array();
        match value {
            Value::Object(members) if !members.is_empty() && name.len() <= LONGEST_NAME => {
                if let Some(text) = self.element(&name, &members) {
                    let short = element_name(&name, &members);
                    let name = if flat.contains_key(&short) { name } else { short };
                    flat.entry(name).or_insert(text);
                    return;
                }
                for (key, value) in members {
                    if flat.len() < MOST_INPUTS {
                        self.flatten(format!("{name}.{key}"), value, flat);
                    }
                }
            }
            Value::Array(values) if !values.iter().all(is_plain) && name.len() <= LONGEST_NAME => {
                for (at, value) in values.into_iter().enumerate() {
                    if flat.len() < MOST_INPUTS {
                        self.flatten(format!("{name}.{at}"), value, flat);
                    }
                }
            }
            Value::String(text) => match self.object_in(&name, &text) {
                Some(members) => self.flatten_text(&name, members, flat),
                None => drop(flat.entry(name).or_insert(Value::String(text))),
            },
            value => {
                flat.entry(name).or_insert(value);
            }
        }
    }

    /// What a text holds that is a JSON object, such as WhatsApp's `response_json`; what such a text says itself stays text.
    fn object_in(&self, name: &str, text: &str) -> Option<RawLead> {
        let text = text.trim();
        let looks_like_one = text.starts_with('{') && text.ends_with('}') && name.len() <= LONGEST_NAME;
        let is_read = || self.settings.field_mapping.contains_key(name) || target_for(name, self.custom).is_some();
        if !looks_like_one || OF_ADAPTERS.contains(&name) || is_read() {
            return None;
        }
        serde_json::from_str::<RawLead>(text).ok().filter(|members| !members.is_empty())
    }

    fn flatten_text(&self, name: &str, members: RawLead, flat: &mut RawLead) {
        let plain =
            name.strip_suffix("json").or_else(|| name.strip_suffix("Json")).or_else(|| name.strip_suffix("JSON"));
        let plain = plain.unwrap_or(name).trim_end_matches(['_', '-', '.', ' ']);
        let plain = if plain.is_empty() { "data" } else { plain };
        for (key, value) in members {
            let name = format!("{plain}.{key}");
            match value {
                _ if flat.len() >= MOST_INPUTS => {}
                // One text in another is enough.
                Value::String(_) => {
                    flat.entry(name).or_insert(value);
                }
                value => self.flatten(name, value, flat),
            }
        }
    }

    /// The text of an element of XML that has nothing but attributes beside it.
    fn element(&self, name: &str, members: &RawLead) -> Option<Value> {
        let (key, text) = members.iter().find(|(key, _)| TEXTS.contains(&key.as_str()))?;
        let is_attribute = |other: &str| other.starts_with('@') || ATTRIBUTES.contains(&other);
        let is_element = members.keys().all(|other| other == key || is_attribute(other));
        let is_mapped = || self.settings.field_mapping.contains_key(&format!("{name}.{key}"));
        (is_element && (text.is_string() || text.is_number()) && !is_mapped()).then(|| text.clone())
    }
}

/// `contact.first_name` for `contact.name.0` with the part `first`, and `contact.phone` for `contact.phone.0`.
fn element_name(name: &str, members: &RawLead) -> String {
    let single = parted(name).filter(|(_, leaf)| is_number(leaf)).map_or(name, |(parents, _)| parents);
    let attributes = ATTRIBUTES.iter().find_map(|key| members.get(*key)?.as_object()).unwrap_or(members);
    let part = attributes.iter().find(|(key, _)| word(key) == "part").and_then(|(_, part)| part.as_str());
    let front = single.strip_suffix("name").filter(|front| front.is_empty() || front.ends_with('.'));
    match (front, part.map(word).as_deref()) {
        (Some(front), Some(part @ ("first" | "middle" | "last"))) => format!("{front}{part}_name"),
        _ => single.to_owned(),
    }
}
