//! Meta Lead Ads: what the leadgen webhook of a page sends (ids, or answers where a forwarder added them), and leads as the
//! Graph API gives them.

use serde_json::{Value, json};

use super::{
    Adapter, Delivery, Meant, each,
    look::{items_at, member, moment, origin, text, text_at},
    unknown_shape,
};
use crate::fault::Fault;

/// The id that the test button of the app dashboard sends for everything.
const TEST_ID: &str = "444444444444";
/// What the lead testing tool writes into each field.
const DUMMY: &str = "<test lead: dummy data";
/// The addresses that the lead testing tool uses.
const TEST_ADDRESSES: &[&str] = &["test@fb.com", "test@meta.com"];

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    if member(body, &["entry"]).is_some() {
        return Ok(webhook(body));
    }
    match body {
        list if member(list, &["data"]).is_some_and(Value::is_array) => {
            each(&items_at(list, &["data"]), Adapter::MetaLeadAds, lead)
        }
        one => lead(one),
    }
}

fn lead(body: &Value) -> Result<Vec<Delivery>, Fault> {
    if member(body, &["field_data", "leadgen_id"]).is_none() {
        return Err(unknown_shape(Adapter::MetaLeadAds, "an object with entry, or a lead with field_data"));
    }
    Ok(vec![of_lead(body)])
}

fn webhook(body: &Value) -> Vec<Delivery> {
    let mut found: Vec<(&Value, &Value)> = Vec::new();
    for entry in items_at(body, &["entry"]) {
        found.extend(items_at(entry, &["changes"]).into_iter().map(|change| (entry, change)));
    }
    let several = found.len() > 1;
    let object = text_at(body, &["object"]).unwrap_or_else(|| "page".to_owned());
    let delivery = |(entry, change): (&Value, &Value)| {
        let alone = || {
            let (id, time) = (member(entry, &["id"]), member(entry, &["time"]));
            json!({"object": object, "entry": [{"id": id, "time": time, "changes": [change]}]})
        };
        Delivery { part: several.then(alone), ..of_change(change) }
    };
    found.into_iter().map(delivery).collect()
}

fn of_change(change: &Value) -> Delivery {
    let field = text_at(change, &["field"]).unwrap_or_default();
    match member(change, &["value"]) {
        Some(value) if field == "leadgen" || member(value, &["leadgen_id"]).is_some() => of_lead(value),
        _ => Delivery { meant: Meant::Nothing("other_field"), ..Delivery::default() },
    }
}

fn of_lead(lead: &Value) -> Delivery {
    let id = text_at(lead, &["leadgen_id", "id", "lead_id"]);
    let answers = items_at(lead, &["field_data"]);
    let mut delivery = Delivery {
        meant: meant(id.as_deref(), &answers, member(lead, &["field_data"]).is_some()),
        delivery_id: id,
        occurred_at: moment(member(lead, &["created_time", "created_at"])),
        origin: origin(
            lead,
            &[
                ("page_id", &["page_id"]),
                ("form_id", &["form_id"]),
                ("form_name", &["form_name"]),
                ("campaign_id", &["campaign_id"]),
                ("campaign_name", &["campaign_name"]),
                ("adset_id", &["adset_id", "adgroup_id"]),
                ("adset_name", &["adset_name"]),
                ("ad_id", &["ad_id"]),
                ("ad_name", &["ad_name"]),
                ("platform", &["platform"]),
                ("is_organic", &["is_organic"]),
            ],
        ),
        ..Delivery::default()
    };
    for answer in answers {
        let name = text_at(answer, &["name", "key", "question"]).unwrap_or_default();
        let value = member(answer, &["values", "value"]).unwrap_or(&Value::Null);
        delivery.answer([name.as_str()], kind(&name), value);
    }
    for box_ in items_at(lead, &["custom_disclaimer_responses"]) {
        let key = text_at(box_, &["checkbox_key"]).unwrap_or_default();
        let ticked = match text_at(box_, &["is_checked"]).as_deref() {
            Some("1" | "true") => "yes",
            _ => "no",
        };
        delivery.answer([key.as_str()], None, &ticked.into());
    }
    touch(&mut delivery, lead);
    delivery
}

fn meant(id: Option<&str>, answers: &[&Value], with_data: bool) -> Meant {
    let dummy = |answer: &&Value| {
        let said = member(answer, &["values", "value"]).and_then(text).unwrap_or_default().to_lowercase();
        said.starts_with(DUMMY) || TEST_ADDRESSES.contains(&said.as_str())
    };
    match id {
        Some(TEST_ID) => Meant::Test,
        _ if answers.iter().any(dummy) => Meant::Test,
        Some(id) if !with_data => Meant::Ask(id.to_owned()),
        _ => Meant::Lead,
    }
}

fn kind(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase();
    match name.as_str() {
        "email" | "work_email" => Some("email"),
        "phone_number" | "work_phone_number" | "phone" => Some("phone"),
        _ => None,
    }
}

/// Where the person came from, in the words that other channels use.
fn touch(delivery: &mut Delivery, lead: &Value) {
    let platform = text_at(lead, &["platform"]).unwrap_or_default().to_lowercase();
    let source = if matches!(platform.as_str(), "ig" | "instagram") { "instagram" } else { "facebook" };
    let organic = super::look::is_yes(member(lead, &["is_organic"]));
    delivery.fill("utm_source", Some(source));
    delivery.fill("utm_medium", Some(if organic { "organic_social" } else { "paid_social" }));
    delivery.fill("utm_campaign", text_at(lead, &["campaign_name", "campaign_id"]));
    delivery.fill("utm_content", text_at(lead, &["ad_name", "ad_id"]));
    delivery.fill("utm_term", text_at(lead, &["adset_name", "adset_id", "adgroup_id"]));
}
