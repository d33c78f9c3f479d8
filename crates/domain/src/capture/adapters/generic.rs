//! Any JSON: the form says with pointers where things are.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Answer, Delivery, Meant,
    look::{is_yes, moment, said, text},
};
use crate::{
    capture::inputs::is_nothing_for,
    fault::Fault,
    leads::{Target, target_for},
};

/// Where the values of a lead are in a body. Pointers are JSON pointers (RFC 6901) into one lead; with `#` in front, into
/// the whole body.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct GenericMapping {
    /// Fields, and where each is: of several places the first that says something counts.
    pub fields: BTreeMap<String, Vec<String>>,
    /// Fields that are always the same.
    pub constants: BTreeMap<String, String>,
    /// Where the list of leads is, if a body holds several.
    pub list: Option<String>,
    /// Where the sender's id of a delivery is.
    pub delivery_id: Option<String>,
    /// Where the sender says that it only tries.
    pub test: Option<String>,
    /// Where the time is.
    pub occurred_at: Option<String>,
}

pub(super) fn read(body: &Value, mapping: &GenericMapping) -> Result<Vec<Delivery>, Fault> {
    let leads: Vec<&Value> = match &mapping.list {
        None => vec![body],
        Some(list) => match at(body, body, list) {
            Some(Value::Array(leads)) => leads.iter().collect(),
            Some(one @ Value::Object(_)) => vec![one],
            // What other systems send for a list without items.
            Some(Value::Null) => vec![],
            _ => {
                let detail = format!("There is no list at {list}; see the form's adapter_mapping.");
                return Err(Fault::at_pointer(format!("#{}", list.trim_start_matches('#')), "unknown_shape", detail));
            }
        },
    };
    let several = leads.len() > 1;
    Ok(leads
        .into_iter()
        .map(|lead| Delivery { part: several.then(|| alone(body, lead, mapping)), ..of_lead(body, lead, mapping) })
        .collect())
}

fn of_lead(body: &Value, lead: &Value, mapping: &GenericMapping) -> Delivery {
    let found = |pointer: &Option<String>| pointer.as_ref().and_then(|pointer| at(body, lead, pointer));
    let mut delivery = Delivery {
        meant: if is_yes(found(&mapping.test)) { Meant::Test } else { Meant::Lead },
        delivery_id: found(&mapping.delivery_id).and_then(text),
        occurred_at: moment(found(&mapping.occurred_at)),
        ..Delivery::default()
    };
    for (field, pointers) in &mapping.fields {
        if let Some(value) = found_for(field, pointers.iter().filter_map(|pointer| at(body, lead, pointer))) {
            delivery.answers.push(Answer { names: vec![field.clone()], kind: None, value, aside: false });
        }
    }
    for (field, value) in &mapping.constants {
        if !delivery.has(field) {
            let value = Value::String(value.clone());
            delivery.answers.push(Answer { names: vec![field.clone()], kind: None, value, aside: false });
        }
    }
    delivery
}

/// Of several values the first that says something of what the field is for; or else the first at all, to be told of.
fn found_for<'v>(field: &str, values: impl Iterator<Item = &'v Value>) -> Option<Value> {
    let target = target_for(field, &[]);
    let mut values = values.filter_map(said).filter(|value| {
        let nothing = |target: &Target| is_nothing_for(target, value);
        !target.as_ref().is_some_and(nothing)
    });
    let first = values.next()?;
    let fits = |value: &Value| match (&target, text(value)) {
        (Some(Target::Field("email")), Some(written)) => written.contains('@'),
        (Some(Target::Field("phone")), Some(written)) => written.contains(char::is_numeric),
        _ => true,
    };
    if fits(&first) { Some(first) } else { Some(values.find(fits).unwrap_or(first)) }
}

/// What a pointer shows: in the lead, or with `#` in front in the whole body.
fn at<'v>(body: &'v Value, lead: &'v Value, pointer: &str) -> Option<&'v Value> {
    match pointer.strip_prefix('#') {
        Some(pointer) => body.pointer(pointer),
        None => lead.pointer(pointer),
    }
}

/// The body with one lead in its list.
fn alone(body: &Value, lead: &Value, mapping: &GenericMapping) -> Value {
    let mut alone = body.clone();
    let list = mapping.list.as_deref().unwrap_or_default();
    if let Some(place) = alone.pointer_mut(list.trim_start_matches('#')) {
        *place = Value::Array(vec![lead.clone()]);
    }
    alone
}
