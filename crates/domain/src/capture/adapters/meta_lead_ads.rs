//! Meta Lead Ads: what the leadgen webhook of a page sends (ids, or answers where a forwarder added them), and leads as the
//! Graph API gives them.

use serde_json::{Value, json};

use super::{
    Adapter, Delivery, Meant, each, json_body,
    look::{alike, items_at, member, moment, origin, text, text_at},
    unknown_shape,
};
use crate::fault::Fault;

/// The id that the test button of the app dashboard sends for everything.
const TEST_ID: &str = "444444444444";
/// What the lead testing tool writes into each field, in brackets that programs in between take away or escape.
const DUMMY: &str = "test lead: dummy data";
/// The addresses that the lead testing tool uses.
const TEST_ADDRESSES: &[&str] = &["test@fb.com", "test@meta.com"];
/// What is one of a lead's own answers for certain: where it stands beside the ids, the others do, too.
const FLAT: &[&str] = &["full_name", "first_name", "email", "work_email", "phone_number"];
/// What a lead says of itself.
const NOT_ANSWERS: &[&str] = &[
    "id",
    "leadgen_id",
    "lead_id",
    "created_time",
    "created_at",
    "page",
    "page_id",
    "page_name",
    "form",
    "form_id",
    "form_name",
    "campaign",
    "campaign_id",
    "campaign_name",
    "adset",
    "adset_id",
    "adset_name",
    "adgroup_id",
    "ad",
    "ad_id",
    "ad_name",
    "platform",
    "is_organic",
    "object",
    "inbox_url",
    "custom_disclaimer_responses",
];
/// What the sheets of leads that Meta gives put in front of ids.
const PREFIXES: &[&str] = &["l:", "f:", "ag:", "c:", "as:"];

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
    if member(body, &["field_data", "leadgen_id"]).is_none() && said(body).is_none() {
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
    let lead = &with_ids(lead);
    let id = text_at(lead, &["leadgen_id", "id", "lead_id"]).map(|id| without_prefix(&id).to_owned());
    let answers = said(lead);
    let mut delivery = Delivery {
        meant: meant(id.as_deref(), answers.as_deref()),
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
    for (name, value) in answers.unwrap_or_default() {
        delivery.answer([name.as_str()], kind(&name), &value);
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

/// The answers of a lead: a list, or what programs in between make of it, an object, a text, members of the lead itself.
fn said(lead: &Value) -> Option<Vec<(String, Value)>> {
    if let Some(data) = member(lead, &["field_data"]) {
        let unpacked = data.as_str().and_then(|written| json_body(written).ok());
        return Some(listed(unpacked.as_ref().unwrap_or(data)));
    }
    let is_flat = |at: &Value| member(at, FLAT).is_some();
    match member(lead, &["data"]) {
        Some(data @ Value::Object(_)) if is_flat(data) => Some(listed(data)),
        _ if is_flat(lead) => {
            let own = |(name, _): &(String, Value)| !NOT_ANSWERS.iter().any(|known| alike(known, name));
            Some(listed(lead).into_iter().filter(own).collect())
        }
        _ => None,
    }
}

fn listed(data: &Value) -> Vec<(String, Value)> {
    let one = |answer: &Value| {
        let name = text_at(answer, &["name", "key", "question"]).unwrap_or_default();
        let value = member(answer, &["values", "value"]).cloned().unwrap_or(Value::Null);
        let value = without_mark(&name, value);
        (name, value)
    };
    match data {
        Value::Object(_) if member(data, &["values", "value"]).is_some() => vec![one(data)],
        Value::Object(members) => {
            members.iter().map(|(name, value)| (name.clone(), without_mark(name, value.clone()))).collect()
        }
        Value::Array(items) => items.iter().map(one).collect(),
        _ => vec![],
    }
}

/// A postal code without the `z:` that keeps spreadsheets from counting with it.
fn without_mark(name: &str, value: Value) -> Value {
    let is_code = ["zip", "zip_code", "post_code", "postal_code"].iter().any(|known| alike(known, name));
    match value {
        Value::String(code) if is_code => code.strip_prefix("z:").unwrap_or(&code).into(),
        Value::Array(codes) if is_code => codes.into_iter().map(|code| without_mark(name, code)).collect(),
        other => other,
    }
}

/// A lead whose ids and names stand apart, as `form_id` also where it came as `{"form": {"id": …}}`, and without marks.
fn with_ids(lead: &Value) -> Value {
    let mut whole = lead.as_object().cloned().unwrap_or_default();
    for what in ["page", "form", "campaign", "adset", "ad"] {
        for part in ["id", "name"] {
            let name = format!("{what}_{part}");
            let known = text_at(lead, &[name.as_str()]);
            let said = known.or_else(|| text_at(member(lead, &[what]).filter(|inner| inner.is_object())?, &[part]));
            match said {
                Some(id) if part == "id" => drop(whole.insert(name, without_prefix(&id).into())),
                Some(said) => drop(whole.insert(name, said.into())),
                None => {}
            }
        }
    }
    Value::Object(whole)
}

fn without_prefix(id: &str) -> &str {
    PREFIXES.iter().find_map(|prefix| id.strip_prefix(prefix)).unwrap_or(id)
}

fn meant(id: Option<&str>, answers: Option<&[(String, Value)]>) -> Meant {
    let dummy = |(_, value): &(String, Value)| {
        let said = text(value).unwrap_or_default().to_lowercase();
        let bare = said.trim_start_matches('<').trim_start_matches("&lt;").trim_start();
        bare.starts_with(DUMMY) || TEST_ADDRESSES.contains(&said.as_str())
    };
    match (id, answers) {
        (Some(TEST_ID), _) => Meant::Test,
        (_, Some(answers)) if answers.iter().any(dummy) => Meant::Test,
        (Some(id), None) => Meant::Ask(id.to_owned()),
        _ => Meant::Lead,
    }
}

fn kind(name: &str) -> Option<&'static str> {
    let name = name.to_lowercase().replace(' ', "_");
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
