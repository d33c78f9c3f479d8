//! Merge patch (RFC 7396): absent keeps, `null` clears, a value replaces.

use serde_json::{Map, Value};

use super::{
    ChangedField, FieldKind, Profile,
    changes::diff,
    fields::field,
    input::{Parsed, RawLead},
};

/// Completes the structured values of a patch from the current state, so that `{"next_action": {"due_at": …}}` keeps
/// the text. Consent is completed by channel. Parse the result instead of the patch.
pub fn complete_patch(current: &Profile, patch: &RawLead) -> RawLead {
    let complete = |(name, value): (&String, &Value)| {
        let value = match (field(name).map(|field| field.kind), value) {
            (Some(FieldKind::Money | FieldKind::Touch | FieldKind::NextAction), Value::Object(wish)) => {
                merged(current.json(name), wish)
            }
            (Some(FieldKind::Consents), Value::Object(channels)) => {
                let before = current.json(name);
                let channel = |(channel, wish): (&String, &Value)| {
                    let wish = match wish {
                        Value::Object(wish) => merged(before.get(channel).cloned().unwrap_or_default(), wish),
                        other => other.clone(),
                    };
                    (channel.clone(), wish)
                };
                Value::Object(channels.iter().map(channel).collect())
            }
            _ => value.clone(),
        };
        (name.clone(), value)
    };
    patch.iter().map(complete).collect()
}

/// One object merged into another, as RFC 7396 says.
pub(super) fn merged(current: Value, wish: &Map<String, Value>) -> Value {
    let mut result = match current {
        Value::Object(members) => members,
        _ => Map::new(),
    };
    for (key, value) in wish {
        match value {
            Value::Null => drop(result.shift_remove(key)),
            Value::Object(inner) => {
                let before = result.shift_remove(key).unwrap_or_default();
                result.insert(key.clone(), merged(before, inner));
            }
            other => drop(result.insert(key.clone(), other.clone())),
        }
    }
    Value::Object(result)
}

/// Applies a parsed patch: fields that were given are replaced, `null` ones cleared, the rest kept. Custom fields,
/// external ids and consent change member by member.
pub fn apply_patch(current: &Profile, parsed: &Parsed) -> (Profile, Vec<ChangedField>) {
    let mut after = current.clone();
    let blank = Profile::default();
    for name in &parsed.cleared {
        clear(&mut after, name, &blank);
    }
    for name in &parsed.given {
        match *name {
            "custom" => after.custom.extend(parsed.profile.custom.clone()),
            "external_ids" => after.external_ids.extend(parsed.profile.external_ids.clone()),
            "consent" => after.consent.extend(parsed.profile.consent.clone()),
            _ => drop(after.copy_field(name, &parsed.profile)),
        }
    }
    for (name, member) in &parsed.cleared_members {
        match *name {
            "custom" => drop(after.custom.shift_remove(member)),
            "external_ids" => drop(after.external_ids.remove(member)),
            _ => after.consent.retain(|channel, _| channel.as_str() != member),
        }
    }
    let touched = parsed.given.union(&parsed.cleared).copied().collect();
    after.derive(&touched);
    let changes = diff(current, &after);
    (after, changes)
}

fn clear(profile: &mut Profile, name: &str, blank: &Profile) {
    profile.copy_field(name, blank);
    profile.copy_given(name, blank);
    if name == "contact_name" {
        (profile.first_name, profile.last_name) = (None, None);
    }
}

#[cfg(test)]
#[path = "patch_tests.rs"]
mod tests;
