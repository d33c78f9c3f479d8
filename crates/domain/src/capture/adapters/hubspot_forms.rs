//! HubSpot: a submission as the forms API takes it, and a contact as workflows and the CRM give it.

use serde_json::{Map, Value, json};

use super::{
    Adapter, Delivery,
    agreed::channels,
    each, flat, json_body,
    look::{is_yes, items_at, member, moment, origin, said, text_at},
    unknown_shape,
};
use crate::fault::Fault;

/// The object types of companies and tickets.
const COMPANY: &str = "0-2";
const TICKET: &str = "0-5";
/// What a company and a person both have: said of the company, it fills the same field.
const SHARED: &[&str] =
    &["city", "state", "zip", "country", "industry", "website", "domain", "numberofemployees", "annualrevenue"];

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    match body {
        list if member(list, &["results"]).is_some_and(Value::is_array) => {
            each(&items_at(list, &["results"]), Adapter::HubspotForms, lead)
        }
        one => lead(one),
    }
}

fn lead(body: &Value) -> Result<Vec<Delivery>, Fault> {
    let delivery = if member(body, &["fields"]).is_some_and(Value::is_array) {
        submission(body)
    } else if member(body, &["properties"]).is_some_and(Value::is_object) {
        contact(body)
    } else if let (Value::Object(members), None) = (body, member(body, &["subscriptionType"])) {
        posted(body, members)
    } else {
        return Err(unknown_shape(Adapter::HubspotForms, "an object with fields, or a contact with properties"));
    };
    Ok(vec![delivery])
}

/// The fields of a page, with where it is in `hs_context`.
fn posted(body: &Value, members: &Map<String, Value>) -> Delivery {
    let context = member(body, &["hs_context"]);
    let unpacked = context.and_then(Value::as_str).and_then(|written| json_body(written).ok());
    let Some(context) = unpacked.as_ref().or(context).filter(|context| context.is_object()) else {
        return flat::delivery(members, &[]);
    };
    let mut delivery = flat::delivery(members, &["hs_context"]);
    delivery.origin = origin(context, CONTEXT);
    if !delivery.has("landing_page") {
        delivery.fill("landing_page", text_at(context, &["pageUri", "pageUrl"]));
    }
    delivery
}

/// What is told of the page.
const CONTEXT: &[(&str, &[&str])] = &[
    ("hutk", &["hutk"]),
    ("page_name", &["pageName"]),
    ("ip_address", &["ipAddress"]),
    ("campaign_id", &["sfdcCampaignId"]),
    ("webinar_key", &["goToWebinarWebinarKey"]),
];

/// A field of a submission.
struct Field<'v> {
    of_company: bool,
    of_ticket: bool,
    name: String,
    value: &'v Value,
}

impl<'v> Field<'v> {
    fn of(field: &'v Value) -> Self {
        let name = text_at(field, &["name"]).unwrap_or_default();
        // The object can stand before the name: `0-2/name`, `company/name`, `TICKET.subject`.
        let dotted = || name.split_once('.').filter(|(object, _)| object.eq_ignore_ascii_case("ticket"));
        let (prefix, bare) = name.split_once('/').or_else(dotted).unwrap_or(("", &name));
        let object = text_at(field, &["objectTypeId"]).unwrap_or_else(|| prefix.to_owned());
        let of_company = object == COMPANY || prefix.eq_ignore_ascii_case("company");
        let of_ticket = object == TICKET || prefix.eq_ignore_ascii_case("ticket");
        let value = member(field, &["value", "values"]).unwrap_or(&Value::Null);
        Self { of_company, of_ticket, name: bare.to_owned(), value }
    }
}

fn submission(body: &Value) -> Delivery {
    let context = member(body, &["context"]).unwrap_or(&Value::Null);
    let mut delivery = Delivery {
        delivery_id: text_at(body, &["submissionId", "conversionId"]),
        occurred_at: moment(member(body, &["submittedAt"])),
        origin: origin(context, CONTEXT),
        ..Delivery::default()
    };
    delivery.origin.extend(origin(body, &[("form_id", &["formId", "formGuid"]), ("portal_id", &["portalId"])]));
    // What is said of the person counts before what is said of their company.
    let (company, person): (Vec<_>, Vec<_>) =
        items_at(body, &["fields"]).into_iter().map(Field::of).partition(|field| field.of_company);
    for Field { name, value, of_ticket, .. } in person {
        // What a ticket is about is a message.
        let message = Some("notes").filter(|_| of_ticket && matches!(name.as_str(), "subject" | "content"));
        let names = [Some(name.as_str()), message, click_id(&name)];
        delivery.answer(names.into_iter().flatten(), kind(&name), value);
    }
    for Field { name, value, .. } in company {
        let whole = format!("company {name}");
        let names = [Some(whole.as_str()), Some(name.as_str()).filter(|name| SHARED.contains(name))];
        delivery.answer(names.into_iter().flatten(), None, value);
    }
    delivery.fill("landing_page", text_at(context, &["pageUri", "pageUrl"]));
    consent(&mut delivery, body);
    delivery
}

/// The texts that were agreed to are kept as the proof, each for the channels that it names. Whoever refuses that their data
/// are processed at all agrees to nothing.
fn consent(delivery: &mut Delivery, body: &Value) {
    let options = member(body, &["legalConsentOptions"]).unwrap_or(&Value::Null);
    let Some(consent) = member(options, &["consent"]) else { return };
    let refused = text_at(consent, &["consentToProcess"]).is_some_and(|said| said == "false");
    let mut granted = Map::new();
    for agreed in items_at(consent, &["communications"]).into_iter().filter(|one| is_yes(member(one, &["value"]))) {
        let text = text_at(agreed, &["text"]);
        let how: Option<String> = text.as_ref().map(|text| text.chars().take(500).collect());
        for channel in channels(text.as_deref().unwrap_or_default()) {
            granted.entry(channel).or_insert_with(|| json!({"state": "granted", "how": how}));
        }
    }
    if !refused && !granted.is_empty() {
        let value = Value::Object(granted);
        delivery.answers.push(super::Answer { names: vec!["consent".to_owned()], kind: None, value, aside: false });
    }
    for (name, value) in [("consent_to_process", "consentToProcess"), ("consent_text", "text")] {
        if let Some(said) = text_at(consent, &[value]) {
            delivery.origin.insert(name.to_owned(), said.chars().take(2_000).collect::<String>().into());
        }
    }
}

/// How HubSpot calls the clicks that brought somebody.
const CLICK_IDS: &[(&str, &str)] =
    &[("hs_google_click_id", "gclid"), ("hs_facebook_click_id", "fbclid"), ("hs_linkedin_click_id", "li_fat_id")];

fn click_id(name: &str) -> Option<&'static str> {
    CLICK_IDS.iter().find(|(theirs, _)| *theirs == name).map(|(_, ours)| *ours)
}

fn contact(body: &Value) -> Delivery {
    let conversions = items_at(body, &["form-submissions"]);
    let latest = conversions.iter().copied().max_by_key(|one| moment(member(one, &["timestamp"])));
    let mut delivery = Delivery {
        delivery_id: latest.and_then(|one| text_at(one, &["conversion-id"])),
        occurred_at: latest.and_then(|one| moment(member(one, &["timestamp"]))),
        origin: origin(body, &[("contact_id", &["canonical-vid", "vid", "id"]), ("portal_id", &["portal-id"])]),
        ..Delivery::default()
    };
    if let Some(latest) = latest {
        delivery.origin.extend(origin(latest, &[("form_id", &["form-id"]), ("form_name", &["title"])]));
        delivery.fill("landing_page", text_at(latest, &["page-url"]));
    }
    if let Some(Value::Object(properties)) = member(body, &["properties"]) {
        for (name, property) in properties {
            // Workflows wrap values with their history; the CRM does not.
            let value = member(property, &["value"]).unwrap_or(property);
            if let Some(value) = said(value) {
                delivery.answer([Some(name.as_str()), click_id(name)].into_iter().flatten(), kind(name), &value);
            }
        }
    }
    // The company that the contact belongs to.
    let company = member(body, &["associated-company"]).and_then(|company| member(company, &["properties"]));
    let called = company.and_then(|properties| text_at(properties, &["name"]));
    if !delivery.has("company") {
        delivery.fill("company_name", called);
    }
    delivery
}

fn kind(name: &str) -> Option<&'static str> {
    match name {
        "email" | "work_email" => Some("email"),
        "phone" | "mobilephone" => Some("phone"),
        _ => None,
    }
}
