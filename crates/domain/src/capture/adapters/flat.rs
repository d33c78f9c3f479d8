//! Fields under names that people understand, objects within objects included.

use serde_json::{Map, Value};

use super::{Delivery, look};
use crate::fault::Fault;

/// How deep objects are looked into.
const DEEPEST: usize = 6;

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    match body {
        Value::Object(members) => Ok(vec![delivery(members, &[])]),
        _ => Err(Fault::at_pointer("#", "wrong_type", "Send a JSON object of fields.")),
    }
}

/// A delivery with the members of an object as its answers, but for some.
pub(super) fn delivery(members: &Map<String, Value>, without: &[&str]) -> Delivery {
    let mut delivery = Delivery::default();
    add(&mut delivery, members, without);
    delivery
}

/// Adds the members of an object as answers, but for some.
pub(super) fn add(delivery: &mut Delivery, members: &Map<String, Value>, without: &[&str]) {
    for (name, value) in members {
        if !without.iter().any(|left_out| look::alike(left_out, name)) {
            nested(delivery, name, value, DEEPEST);
        }
    }
}

fn nested(delivery: &mut Delivery, name: &str, value: &Value, deeper: usize) {
    match (value, deeper.checked_sub(1)) {
        // Objects that we read ourselves.
        (Value::Object(_), _) if matches!(name, "consent" | "custom" | "external_ids" | "next_action") => {
            delivery.answers.push(super::Answer {
                names: vec![name.to_owned()],
                kind: None,
                value: value.clone(),
                aside: false,
            });
        }
        (Value::Object(members), Some(deeper)) if !members.contains_key("value") => {
            for (inner, value) in members {
                nested(delivery, &format!("{name}.{inner}"), value, deeper);
            }
        }
        _ => delivery.answer([name], None, value),
    }
}
