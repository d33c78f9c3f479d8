//! Google Ads lead forms. The key in the body is the only proof of the sender; the lead's id is what it is known by.
//!
//! The test data that the console sends always has the same id.

use serde_json::Value;

use super::{
    Adapter, Delivery, Meant,
    look::{is_yes, items_at, member, moment, origin, text_at},
    unknown_shape,
};
use crate::fault::Fault;

/// The key that a body shows.
const KEY: &[&str] = &["google_key"];

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    if member(body, &["user_column_data", "lead_id"]).is_none() {
        return Err(unknown_shape(Adapter::GoogleAds, "an object with lead_id and user_column_data"));
    }
    let test = is_yes(member(body, &["is_test"]));
    let mut delivery = Delivery {
        meant: if test { Meant::Test } else { Meant::Lead },
        delivery_id: text_at(body, &["lead_id"]),
        occurred_at: moment(member(body, &["lead_submit_time", "submit_time"])),
        origin: origin(
            body,
            &[
                ("form_id", &["form_id"]),
                ("campaign_id", &["campaign_id"]),
                ("adgroup_id", &["adgroup_id", "ad_group_id"]),
                ("asset_group_id", &["asset_group_id"]),
                ("creative_id", &["creative_id", "ad_id"]),
                ("gcl_id", &["gcl_id", "gclid"]),
                ("api_version", &["api_version"]),
            ],
        ),
        part: Some(without_key(body)),
        ..Delivery::default()
    };
    for column in items_at(body, &["user_column_data"]) {
        let id = text_at(column, &["column_id"]);
        let name = text_at(column, &["column_name"]);
        let value = member(column, &["string_value", "value", "boolean_value", "number_value"]);
        let names = [id.as_deref(), name.as_deref()];
        delivery.answer(names.into_iter().flatten(), kind(id.as_deref()), value.unwrap_or(&Value::Null));
    }
    delivery.fill("gclid", text_at(body, &["gcl_id", "gclid"]));
    delivery.fill("utm_source", Some("google"));
    delivery.fill("utm_medium", Some("cpc"));
    delivery.fill("utm_campaign", text_at(body, &["campaign_name", "campaign_id"]));
    Ok(vec![delivery])
}

fn kind(column_id: Option<&str>) -> Option<&'static str> {
    match column_id? {
        "EMAIL" | "WORK_EMAIL" => Some("email"),
        "PHONE_NUMBER" | "WORK_PHONE" => Some("phone"),
        _ => None,
    }
}

/// The body as it is kept: the key is a secret.
fn without_key(body: &Value) -> Value {
    let mut kept = body.clone();
    if let Some(members) = kept.as_object_mut() {
        members.retain(|name, _| !KEY.iter().any(|key| super::look::alike(key, name)));
    }
    kept
}

/// The keys that a body of Google Ads shows, one for each lead: the only proof of who sends it.
pub fn google_keys(body: &Value) -> Vec<Option<String>> {
    match body {
        Value::Array(leads) => leads.iter().map(|lead| text_at(lead, KEY)).collect(),
        one => vec![text_at(one, KEY)],
    }
}
