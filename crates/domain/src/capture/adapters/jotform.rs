//! Jotform: an HTML form whose `rawRequest` holds the answers as JSON, under names such as `q3_name`; names, addresses, phone
//! numbers and dates in parts.

use serde_json::{Map, Value};

use super::{
    Adapter, Delivery, json_body,
    look::{member, origin, said, text, text_at},
    unknown_shape,
};
use crate::fault::Fault;

/// The parts of phone numbers and dates.
const PARTS: &[&str] = &["full", "area", "phone", "year", "month", "day", "hour", "min"];

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    let raw = match member(body, &["rawRequest"]) {
        Some(Value::String(written)) => {
            Some(json_body(written).map_err(|why| Fault::in_field("rawRequest", "unreadable", why))?)
        }
        Some(object @ Value::Object(_)) => Some(object.clone()),
        _ => None,
    };
    let gathered = if raw.is_none() { body.as_object().map(gathered) } else { None };
    let answers = raw.as_ref().or(gathered.as_ref()).unwrap_or(body);
    let questions: Vec<(&String, &Value)> =
        answers.as_object().into_iter().flatten().filter(|(name, _)| bare_name(name).is_some()).collect();
    if questions.is_empty() && text_at(body, &["submissionID", "formID"]).is_none() {
        return Err(unknown_shape(Adapter::Jotform, "an HTML form with rawRequest, or answers such as q3_name"));
    }
    let mut delivery = Delivery {
        delivery_id: text_at(body, &["submissionID", "submission_id"]),
        occurred_at: super::look::moment(member(body, &["created_at"])),
        origin: origin(
            body,
            &[("form_id", &["formID", "form_id"]), ("form_name", &["formTitle"]), ("ip_address", &["ip"])],
        ),
        ..Delivery::default()
    };
    let pretty = text_at(body, &["pretty"]).unwrap_or_default();
    for (name, value) in questions {
        let bare = bare_name(name).unwrap_or(name);
        match value {
            Value::Object(parts) => in_parts(&mut delivery, name, bare, parts),
            value => {
                let value = plain(value);
                let label = label_of(&value, &pretty);
                let names = [Some(name.as_str()), label.as_deref(), Some(bare)];
                // The short name is the one that people know where the label is not told apart.
                let kind = text(&value).filter(|said| said.contains('@') && bare.to_lowercase().contains("mail"));
                delivery.answer(names.into_iter().flatten(), kind.map(|_| "email"), &value);
            }
        }
    }
    Ok(vec![delivery])
}

/// Phone numbers and dates of which each part came by itself, in brackets: `q5_phone[area]`.
fn gathered(members: &Map<String, Value>) -> Value {
    let mut whole = Map::new();
    for (name, value) in members {
        let part = name.strip_suffix(']').and_then(|name| name.split_once('['));
        match part.filter(|(name, part)| PARTS.contains(part) && bare_name(name).is_some()) {
            Some((name, part)) => {
                let parts = whole.entry(name).or_insert_with(|| Value::Object(Map::new()));
                if let Value::Object(parts) = parts {
                    parts.insert(part.to_owned(), value.clone());
                }
            }
            None => drop(whole.insert(name.clone(), value.clone())),
        }
    }
    Value::Object(whole)
}

/// `name` of `q3_name`.
fn bare_name(name: &str) -> Option<&str> {
    let (number, bare) = name.strip_prefix('q')?.split_once('_')?;
    (!number.is_empty() && number.bytes().all(|byte| byte.is_ascii_digit()) && !bare.is_empty()).then_some(bare)
}

fn in_parts(delivery: &mut Delivery, name: &str, bare: &str, parts: &Map<String, Value>) {
    let part = |names: &[&str]| names.iter().find_map(|name| parts.get(*name)).and_then(|value| text(&plain(value)));
    if parts.contains_key("first") || parts.contains_key("last") {
        for (ours, theirs) in [("first_name", &["first"]), ("last_name", &["last"])] {
            let field = format!("{name}.{}", theirs[0]);
            delivery.answer([field.as_str(), ours], None, &part(theirs).unwrap_or_default().into());
        }
        return;
    }
    if let Some(full) = part(&["full"]) {
        let in_brackets = format!("{name}[full]");
        return delivery.answer([&in_brackets, name, bare], Some("phone"), &full.into());
    }
    if let Some(number) = part(&["phone"]) {
        let country = part(&["country"]).map(|code| format!("+{}", code.trim_start_matches(['+', '0'])));
        let whole: Vec<String> = [country, part(&["area"]), Some(number)].into_iter().flatten().collect();
        let in_brackets = format!("{name}[phone]");
        return delivery.answer([&in_brackets, name, bare], Some("phone"), &whole.join(" ").into());
    }
    if ["addr_line1", "city", "postal", "state"].iter().any(|known| parts.contains_key(*known)) {
        let street: Vec<String> = [part(&["addr_line1"]), part(&["addr_line2"])].into_iter().flatten().collect();
        delivery.answer([format!("{name}.street").as_str()], None, &street.join(", ").into());
        for (ours, theirs) in [("city", "city"), ("region", "state"), ("postal_code", "postal"), ("country", "country")]
        {
            let field = format!("{name}.{theirs}");
            delivery.answer([field.as_str(), ours], None, &part(&[theirs]).unwrap_or_default().into());
        }
        return;
    }
    if let (Some(year), Some(month), Some(day)) = (part(&["year"]), part(&["month"]), part(&["day"])) {
        let date = format!("{year}-{month:0>2}-{day:0>2}");
        let time = match (part(&["hour"]), part(&["min"])) {
            (Some(hour), Some(minute)) => format!(" {hour:0>2}:{minute:0>2}"),
            _ => String::new(),
        };
        return delivery.answer([name, bare], None, &format!("{date}{time}").into());
    }
    let values = Value::Array(parts.values().filter_map(said).map(|value| plain(&value)).collect());
    delivery.answer([name, bare], None, &values);
}

/// Jotform escapes texts as HTML.
fn plain(value: &Value) -> Value {
    match value {
        Value::String(text) if text.contains('&') => {
            let entities =
                [("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&#039;", "'"), ("&#39;", "'"), ("&amp;", "&")];
            entities.iter().fold(text.clone(), |text, (entity, meant)| text.replace(entity, meant)).into()
        }
        Value::Array(items) => items.iter().map(plain).collect(),
        other => other.clone(),
    }
}

/// The question to an answer, from the text that lists all: `Your role:Buyer, Budget:10`.
fn label_of(value: &Value, pretty: &str) -> Option<String> {
    let said = text(value).filter(|said| said.chars().count() >= 2)?;
    let needle = format!(":{said}");
    let ends = |at: usize| {
        let rest = &pretty[at + needle.len()..];
        rest.is_empty() || rest.starts_with(", ")
    };
    let mut places = pretty.match_indices(&needle).map(|(at, _)| at).filter(|at| ends(*at));
    let (at, None) = (places.next()?, places.next()) else { return None };
    let label = pretty[..at].rsplit(", ").next()?.trim();
    (!label.is_empty() && label.chars().count() <= 120).then(|| label.to_owned())
}
