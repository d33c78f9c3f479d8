//! Unbounce: an HTML form with the answers as JSON in `data.json`, each a list; or those answers alone.

use serde_json::Value;

use super::{
    Adapter, Delivery, flat, json_body,
    look::{member, moment, origin, text_at},
    unknown_shape,
};
use crate::fault::Fault;

/// What the page adds to the answers.
const NOT_ANSWERS: &[&str] = &[
    "ip_address",
    "page_uuid",
    "page_id",
    "page_name",
    "page_url",
    "variant",
    "date_submitted",
    "time_submitted",
    "data.json",
    "data.xml",
    "lead_uuid",
    "lead_id",
];

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    let Value::Object(members) = body else {
        return Err(unknown_shape(Adapter::Unbounce, "an HTML form with data.json, or an object of lists"));
    };
    let inside = match member(body, &["data.json"]) {
        Some(Value::String(written)) => {
            Some(json_body(written).map_err(|why| Fault::in_field("data.json", "unreadable", why))?)
        }
        Some(object @ Value::Object(_)) => Some(object.clone()),
        _ => None,
    };
    let answers = inside.as_ref().unwrap_or(body);
    let Value::Object(fields) = answers else {
        return Err(unknown_shape(Adapter::Unbounce, "an object of answers in data.json"));
    };
    let mut delivery = flat::delivery(fields, NOT_ANSWERS);
    if inside.is_some() {
        // Hidden inputs of the webhook itself stand beside the answers.
        let beside = members.iter().filter(|(name, _)| !fields.contains_key(*name));
        flat::add(&mut delivery, &beside.map(|(name, value)| (name.clone(), value.clone())).collect(), NOT_ANSWERS);
    }
    for at in [answers, body] {
        let found = origin(
            at,
            &[
                ("page_id", &["page_uuid", "page_id"]),
                ("page_name", &["page_name"]),
                ("variant", &["variant"]),
                ("ip_address", &["ip_address"]),
            ],
        );
        for (name, value) in found {
            delivery.origin.entry(name).or_insert(value);
        }
        delivery.delivery_id = delivery.delivery_id.or_else(|| text_at(at, &["lead_uuid", "lead_id"]));
        delivery.occurred_at = delivery.occurred_at.or_else(|| submitted(at));
    }
    if !delivery.has("landing_page") {
        delivery.fill("landing_page", text_at(answers, &["page_url"]).or_else(|| text_at(body, &["page_url"])));
    }
    Ok(vec![delivery])
}

/// Day and time of day stand apart: `2026-03-01` and `04:59 PM UTC`.
fn submitted(at: &Value) -> Option<crate::time::Instant> {
    let day = text_at(at, &["date_submitted"])?;
    let time = text_at(at, &["time_submitted"]).unwrap_or_default();
    let whole = format!("{day} {}", time.trim_end_matches("UTC").trim());
    moment(Some(&whole.trim().into())).or_else(|| moment(Some(&day.into())))
}
