//! Reading what programs send: every fault is told, nothing is guessed.

use serde_json::Value;

use super::{InputRules, Mode, Occasion, Parsed, RawLead, pointer};
use crate::{
    fault::{Fault, escape_pointer, nearest},
    leads::{
        LEAD_FIELDS, Target,
        command::{self, COMMAND_FIELDS},
        field_for_header,
        fields::field,
        merge_bant,
        parts::Bant,
        values::wrong_type,
    },
    text::Complaint,
};

/// Reads the input; every member is a field, a wish, or a fault.
pub(super) fn parse(raw: &RawLead, rules: &InputRules<'_>) -> Parsed {
    let mut parsed = Parsed::default();
    for (name, value) in raw {
        if name == "custom" {
            custom(&mut parsed, value, rules);
        } else if let Some(field) = field(name) {
            if let Err(flaws) = parsed.field(field, value, rules) {
                let at = pointer(name);
                parsed.faults.extend(flaws.into_iter().map(|flaw| flaw.complaint.at(format!("{at}{}", flaw.path))));
            }
        } else if let Some(complaint) = command::read_only(name, rules.occasion) {
            parsed.faults.push(complaint.at(pointer(name)));
        } else if COMMAND_FIELDS.contains(&name.as_str()) {
            if let Err(faults) = wish(&mut parsed, name, value, rules) {
                parsed.faults.extend(faults);
            }
        } else {
            parsed.faults.push(unknown(name).at(pointer(name)));
        }
    }
    parsed
}

fn custom(parsed: &mut Parsed, value: &Value, rules: &InputRules<'_>) {
    match value {
        Value::Null => drop(parsed.cleared.insert("custom")),
        Value::Object(members) => {
            for (key, value) in members {
                if let Err(complaint) = parsed.custom(key, value, rules) {
                    parsed.faults.push(complaint.at(format!("#/custom/{}", escape_pointer(key))));
                }
            }
        }
        _ => parsed.faults.push(wrong_type("an object of custom fields").at("#/custom")),
    }
}

/// Reads a wish that is not a field of the profile.
fn wish(parsed: &mut Parsed, name: &str, value: &Value, rules: &InputRules<'_>) -> Result<(), Vec<Fault>> {
    let at = |complaint: Complaint| vec![complaint.at(pointer(name))];
    let wishes = &mut parsed.command;
    match name {
        "source" => {
            wishes.source = command::short(value, Mode::Strict).map_err(at)?;
            if wishes.source.is_none() && rules.occasion == Occasion::Change {
                return Err(at(Complaint::new("required", "A lead keeps a source; give another one")));
            }
        }
        "owner_id" => wishes.owner_id = command::id(value).map_err(at)?,
        "team_id" => wishes.team_id = command::id(value).map_err(at)?,
        "status" => wishes.status = command::status(value, Mode::Strict).map_err(at)?,
        _ => {
            if let Some(patch) = command::bant_object(value).map_err(at)? {
                merge_bant(&Bant::default(), patch, "#/bant", rules)?;
                wishes.bant = Some(patch.clone());
            }
        }
    }
    Ok(())
}

/// A field that does not exist, with the one that was meant: another system's word, or a slip.
fn unknown(name: &str) -> Complaint {
    let known = LEAD_FIELDS.iter().map(|field| field.name).chain(COMMAND_FIELDS.iter().copied());
    let meant = match field_for_header(name) {
        Some(Target::Field(field)) => Some(field),
        Some(Target::Source) => Some("source"),
        Some(Target::Owner) => Some("owner_id"),
        Some(Target::Touch(_) | Target::ClickId(_)) => Some("last_touch"),
        Some(Target::ExternalId(_)) => Some("external_ids"),
        Some(Target::Consent(..) | Target::OptOut) => Some("consent"),
        _ => nearest(name, known),
    };
    Complaint::new("unknown_field", "A lead has no such field; remove it, or keep it in custom or external_ids")
        .suggesting(meant)
}
