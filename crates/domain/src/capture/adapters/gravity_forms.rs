//! Gravity Forms: an entry whose answers stand under numbers, `1.3` being the third part of the first question. What the
//! numbers mean, the form says where it is sent along; else their parts and values tell.

use serde_json::{Map, Value};
use url::Url;

use super::{
    Adapter, Delivery, Meant, each, flat,
    look::{items_at, looks_like_a_number_to_call, looks_like_an_address, member, moment, origin, text, text_at},
    unknown_shape,
};
use crate::{fault::Fault, text::country};

/// The longest postal code.
const LONGEST_POSTAL_CODE: usize = 10;
/// What an entry says of itself.
const NOT_ANSWERS: &[&str] = &[
    "id",
    "form_id",
    "post_id",
    "date_created",
    "date_updated",
    "is_starred",
    "is_read",
    "ip",
    "source_url",
    "source_id",
    "user_agent",
    "currency",
    "payment_status",
    "payment_date",
    "payment_amount",
    "payment_method",
    "transaction_id",
    "is_fulfilled",
    "created_by",
    "transaction_type",
    "status",
    "form_title",
    "form",
    "entry",
    "labels",
    "_labels",
];

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    match body {
        list if member(list, &["entries"]).is_some_and(Value::is_array) => {
            each(&items_at(list, &["entries"]), Adapter::GravityForms, one)
        }
        entry => one(entry),
    }
}

fn one(outer: &Value) -> Result<Vec<Delivery>, Fault> {
    let entry = member(outer, &["entry"]).filter(|entry| entry.is_object()).unwrap_or(outer);
    match entry {
        Value::Object(members) => Ok(vec![of_entry(outer, entry, members)]),
        _ => Err(unknown_shape(Adapter::GravityForms, "an entry with answers such as 1.3")),
    }
}

fn of_entry(outer: &Value, entry: &Value, members: &Map<String, Value>) -> Delivery {
    let meant = match text_at(entry, &["status"]).as_deref() {
        Some("spam") => Meant::Nothing("spam"),
        Some("trash") => Meant::Nothing("trash"),
        _ => Meant::Lead,
    };
    let id = members.get("id").and_then(text);
    let mut delivery = Delivery {
        // An entry that was taken for spam may be sent once more when somebody has looked at it.
        delivery_id: match meant {
            Meant::Nothing(why) => id.map(|id| format!("{id} {why}")),
            _ => id,
        },
        meant,
        known_within: site_and_form(entry),
        occurred_at: moment(member(entry, &["date_created"])),
        origin: origin(entry, &[("form_id", &["form_id"]), ("form_name", &["form_title"]), ("ip_address", &["ip"])]),
        ..Delivery::default()
    };
    let form = [outer, entry].into_iter().find_map(|at| member(at, &["form"])).unwrap_or(&Value::Null);
    delivery.origin.extend(origin(form, &[("form_name", &["title"])]));
    let labels = [outer, entry].into_iter().find_map(|at| member(at, &["_labels", "labels"])).unwrap_or(&Value::Null);
    let mut boxes: Vec<(String, Vec<Value>)> = Vec::new();
    for (name, value) in members.iter().filter(|(name, _)| number_of(name).is_some()) {
        let Some((question, part)) = number_of(name) else { continue };
        let known = Known { form, labels, question, part, name };
        match (known.kind().as_str(), part) {
            ("checkbox" | "multi_choice", Some(_)) => gather(&mut boxes, question, value),
            (_, _) => one_answer(&mut delivery, &known, members, value),
        }
    }
    for (question, values) in boxes {
        let known = Known { form, labels, question: &question, part: None, name: &question };
        let label = known.label();
        delivery.answer([Some(question.as_str()), label.as_deref()].into_iter().flatten(), None, &values.into());
    }
    let named = members.iter().filter(|(name, _)| number_of(name).is_none());
    flat::add(&mut delivery, &named.map(|(name, value)| (name.clone(), value.clone())).collect(), NOT_ANSWERS);
    delivery.fill("landing_page", text_at(entry, &["source_url"]));
    delivery
}

/// Every site counts its entries on its own, and one that is set up anew begins again.
fn site_and_form(entry: &Value) -> Option<String> {
    let site = text_at(entry, &["source_url"]).and_then(|url| Some(Url::parse(&url).ok()?.host_str()?.to_owned()));
    let form = text_at(entry, &["form_id"]);
    let known: Vec<String> = [site, form].into_iter().flatten().collect();
    (!known.is_empty()).then(|| known.join(" "))
}

/// `1.3` is part 3 of question 1.
fn number_of(name: &str) -> Option<(&str, Option<&str>)> {
    let digits = |text: &str| !text.is_empty() && text.len() < 6 && text.bytes().all(|byte| byte.is_ascii_digit());
    let name = name.strip_prefix("input_").unwrap_or(name);
    match name.split_once(['.', '_']) {
        Some((question, part)) => (digits(question) && digits(part)).then_some((question, Some(part))),
        None => digits(name).then_some((name, None)),
    }
}

fn gather(boxes: &mut Vec<(String, Vec<Value>)>, question: &str, value: &Value) {
    match boxes.iter_mut().find(|(known, _)| known == question) {
        Some((_, values)) => values.push(value.clone()),
        None => boxes.push((question.to_owned(), vec![value.clone()])),
    }
}

/// What is known of a question.
struct Known<'v> {
    form: &'v Value,
    labels: &'v Value,
    question: &'v str,
    part: Option<&'v str>,
    name: &'v str,
}

impl Known<'_> {
    fn field(&self) -> Option<&Value> {
        let fields = items_at(self.form, &["fields"]);
        fields.into_iter().find(|field| text_at(field, &["id"]).as_deref() == Some(self.question))
    }

    fn kind(&self) -> String {
        self.field().and_then(|field| text_at(field, &["type"])).unwrap_or_default()
    }

    fn label(&self) -> Option<String> {
        let own = || {
            let label = member(self.labels, &[self.name])?;
            // Names in parts have a list of labels, the whole first.
            text(label.as_array().and_then(|all| all.first()).unwrap_or(label))
        };
        self.field().and_then(|field| text_at(field, &["adminLabel", "label"])).or_else(own)
    }
}

fn one_answer(delivery: &mut Delivery, known: &Known<'_>, members: &Map<String, Value>, value: &Value) {
    let label = known.label();
    let kind = known.kind();
    let ours = known.part.and_then(|part| part_of(&kind, part, known.question, members));
    let names = [Some(known.name), ours, label.as_deref()];
    let written = text(value).unwrap_or_default();
    let looks = match kind.as_str() {
        "email" => Some("email"),
        "phone" => Some("phone"),
        "website" => Some("website"),
        "" if known.part.is_none() && looks_like_an_address(&written) => Some("email"),
        "" if known.part.is_none() && looks_like_a_number_to_call(&written) => Some("phone"),
        _ => None,
    };
    delivery.answer(names.into_iter().flatten(), looks, value);
}

/// Which part of a name or an address this is: both count their parts in ways of their own. So do boxes to tick, consent,
/// products and cards; where no form says which it is, the parts have to.
fn part_of(kind: &str, part: &str, question: &str, members: &Map<String, Value>) -> Option<&'static str> {
    let is_address = kind == "address" || (kind.is_empty() && looks_like_a_place(question, members));
    let is_name = kind == "name" || (kind.is_empty() && !is_address && looks_like_a_name(question, members));
    match (is_name, is_address, part) {
        (true, _, "3") => Some("first_name"),
        (true, _, "6") => Some("last_name"),
        (_, true, "3") => Some("city"),
        (_, true, "4") => Some("region"),
        (_, true, "5") => Some("postal_code"),
        (_, true, "6") => Some("country"),
        _ => None,
    }
}

fn part_at<'v>(question: &str, part: &str, members: &'v Map<String, Value>) -> Option<&'v Value> {
    members.iter().find(|(name, _)| number_of(name) == Some((question, Some(part)))).map(|(_, value)| value)
}

/// Whether the parts of a question are those of an address: there is a street or a postal code, if blank, and its sixth is a
/// country, or the fifth a postal code behind a city. Of a list of countries several were ticked.
fn looks_like_a_place(question: &str, members: &Map<String, Value>) -> bool {
    let part = |part: &str| part_at(question, part, members).and_then(text).unwrap_or_default();
    let has_digit = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let (city, code, land) = (part("3"), part("5"), part("6"));
    let has_more = ["1", "5"].iter().any(|part| part_at(question, part, members).is_some());
    let is_listed = ["1", "2"].iter().any(|street| country(&part(street)).is_some())
        || (country(&city).is_some() && country(&city) != country(&land));
    let is_code = has_digit(&code) && code.chars().count() <= LONGEST_POSTAL_CODE;
    has_more && !is_listed && (country(&land).is_some() || (!city.is_empty() && !has_digit(&city) && is_code))
}

/// Whether the parts of a question are those of a name: first and last are there, if blank, and nothing that no name has.
/// Somebody may be called like a country, but not twice.
fn looks_like_a_name(question: &str, members: &Map<String, Value>) -> bool {
    let part = |part: &str| part_at(question, part, members).map(|value| text(value).unwrap_or_default());
    let (Some(first), Some(last)) = (part("3"), part("6")) else { return false };
    let other = members.keys().any(|name| {
        let part = number_of(name).filter(|(other, _)| *other == question).and_then(|(_, part)| part);
        part.is_some_and(|part| !matches!(part, "2" | "3" | "4" | "6" | "8"))
    });
    let is_land = |name: &str| name.len() > 3 && country(name).is_some();
    !(other || is_land(&first) && is_land(&last))
}
