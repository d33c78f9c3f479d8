//! Gravity Forms: an entry whose answers stand under numbers, `1.3` being the third part of the first question. What the
//! numbers mean, the form says where it is sent along; else their parts and values tell.

use std::collections::{BTreeMap, HashMap};

use serde_json::{Map, Value};
use url::Url;

use super::{
    Adapter, Delivery, Meant, each, flat,
    look::{items_at, looks_like_a_number_to_call, looks_like_an_address, member, moment, origin, text, text_at},
    unknown_shape, whose,
};
use crate::{
    fault::Fault,
    leads::{Target, target_for},
    text::country,
};

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
    let fields = fields(form);
    let shapes = shapes(&fields, members);
    let known =
        |name| Known { field: number_of(name).and_then(|(question, _)| fields.get(question).copied()), labels, name };
    let own = [Shape::Name, Shape::Address].map(|shape| the_leads(shape, &shapes, members, known));
    let mut boxes: BTreeMap<&str, Vec<Value>> = BTreeMap::new();
    for (name, value) in members {
        let Some((question, part)) = number_of(name) else { continue };
        let known = known(name);
        let shape = part.and_then(|_| shapes.get(question).copied()).unwrap_or(Shape::Other);
        match (known.kind().as_str(), part) {
            ("checkbox" | "multi_choice", Some(_)) => boxes.entry(question).or_default().push(value.clone()),
            // Of two names the other is somebody else's.
            (_, Some(_)) if shape != Shape::Other && !own.contains(&Some(question)) => {
                let label = known.label();
                delivery.keep_aside([Some(known.name), label.as_deref()].into_iter().flatten(), value);
            }
            (_, _) => one_answer(&mut delivery, &known, part.map(|part| (shape, part)), value),
        }
    }
    for (question, values) in boxes {
        let known = Known { field: fields.get(question).copied(), labels, name: question };
        let label = known.label();
        delivery.answer([Some(question), label.as_deref()].into_iter().flatten(), None, &values.into());
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

/// The questions of a form by their numbers.
fn fields(form: &Value) -> HashMap<String, &Value> {
    let mut fields = HashMap::new();
    for field in items_at(form, &["fields"]) {
        if let Some(id) = text_at(field, &["id"]) {
            fields.entry(id).or_insert(field);
        }
    }
    fields
}

/// What is known of a question.
struct Known<'v> {
    field: Option<&'v Value>,
    labels: &'v Value,
    name: &'v str,
}

impl Known<'_> {
    fn kind(&self) -> String {
        self.field.and_then(|field| text_at(field, &["type"])).unwrap_or_default()
    }

    fn label(&self) -> Option<String> {
        let own = || {
            let label = member(self.labels, &[self.name])?;
            // Names in parts have a list of labels, the whole first.
            text(label.as_array().and_then(|all| all.first()).unwrap_or(label))
        };
        self.field.and_then(|field| text_at(field, &["adminLabel", "label"])).or_else(own)
    }
}

fn one_answer(delivery: &mut Delivery, known: &Known<'_>, part: Option<(Shape, &str)>, value: &Value) {
    let label = known.label();
    let kind = known.kind();
    let ours = part.and_then(|(shape, part)| part_of(shape, part));
    let names = [Some(known.name), ours, label.as_deref()];
    let written = text(value).unwrap_or_default();
    let looks = match kind.as_str() {
        "email" => Some("email"),
        "phone" => Some("phone"),
        "website" => Some("website"),
        "" if part.is_none() && looks_like_an_address(&written) => Some("email"),
        "" if part.is_none() && looks_like_a_number_to_call(&written) => Some("phone"),
        _ => None,
    };
    delivery.answer(names.into_iter().flatten(), looks, value);
}

/// The question of a shape that asks for the lead's own name or address, by its label.
fn the_leads<'v>(
    shape: Shape,
    shapes: &HashMap<&str, Shape>,
    members: &'v Map<String, Value>,
    known: impl Fn(&'v str) -> Known<'v>,
) -> Option<&'v str> {
    let answered = || members.iter().filter(|(_, value)| text(value).is_some());
    let names_somebody = |(name, _): (&'v String, &Value)| {
        let label = number_of(name).filter(|(_, part)| part.is_none()).and_then(|_| known(name).label());
        matches!(label.and_then(|label| target_for(&label, &[])), Some(Target::Field("contact_name")))
    };
    // Nothing asks it of addresses, and each label takes its time.
    let is_named = shape == Shape::Name && answered().any(names_somebody);
    let alike = answered().filter_map(|(name, _)| {
        let (question, _) =
            number_of(name).filter(|(question, part)| part.is_some() && shapes.get(question) == Some(&shape))?;
        let label = known(name).label();
        let names = [label.as_deref().unwrap_or_default()];
        let whose = if shape == Shape::Name { whose::of_names(&names, is_named) } else { whose::of_parts(&names) };
        Some((question, whose))
    });
    whose::leads(alike)
}

/// Which part of a name or an address this is: both count their parts in ways of their own. So do boxes to tick, consent,
/// products and cards; where no form says which it is, the parts have to.
fn part_of(shape: Shape, part: &str) -> Option<&'static str> {
    match (shape, part) {
        (Shape::Name, "3") => Some("first_name"),
        (Shape::Name, "6") => Some("last_name"),
        (Shape::Address, "3") => Some("city"),
        (Shape::Address, "4") => Some("region"),
        (Shape::Address, "5") => Some("postal_code"),
        (Shape::Address, "6") => Some("country"),
        _ => None,
    }
}

/// What kind of question it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Shape {
    Name,
    Address,
    Other,
}

/// The parts of a question and what they say.
type Parts<'v> = BTreeMap<&'v str, &'v Value>;

/// The kinds of the questions that come in parts, each looked at once: a body may have very many.
fn shapes<'v>(fields: &HashMap<String, &Value>, members: &'v Map<String, Value>) -> HashMap<&'v str, Shape> {
    let mut questions: HashMap<&str, Parts<'_>> = HashMap::new();
    for (name, value) in members {
        if let Some((question, Some(part))) = number_of(name) {
            questions.entry(question).or_default().entry(part).or_insert(value);
        }
    }
    let kind = |question: &str| fields.get(question).and_then(|field| text_at(field, &["type"])).unwrap_or_default();
    let shape = |question: &str, parts: &Parts<'_>| match kind(question).as_str() {
        "name" => Shape::Name,
        "address" => Shape::Address,
        "" if looks_like_a_place(parts) => Shape::Address,
        "" if looks_like_a_name(parts) => Shape::Name,
        _ => Shape::Other,
    };
    questions.into_iter().map(|(question, parts)| (question, shape(question, &parts))).collect()
}

/// Whether the parts of a question are those of an address: there is a street or a postal code, if blank, and its sixth is a
/// country, or the fifth a postal code behind a city. Of a list of countries several were ticked.
fn looks_like_a_place(parts: &Parts<'_>) -> bool {
    let part = |part: &str| parts.get(part).copied().and_then(text).unwrap_or_default();
    let has_digit = |text: &str| text.chars().any(|c| c.is_ascii_digit());
    let (city, code, land) = (part("3"), part("5"), part("6"));
    let has_more = ["1", "5"].iter().any(|part| parts.contains_key(part));
    let is_listed = ["1", "2"].iter().any(|street| country(&part(street)).is_some())
        || (country(&city).is_some() && country(&city) != country(&land));
    let is_code = has_digit(&code) && code.chars().count() <= LONGEST_POSTAL_CODE;
    has_more && !is_listed && (country(&land).is_some() || (!city.is_empty() && !has_digit(&city) && is_code))
}

/// Whether the parts of a question are those of a name: first and last are there, if blank, and nothing that no name has.
/// Somebody may be called like a country, but not twice.
fn looks_like_a_name(parts: &Parts<'_>) -> bool {
    let part = |part: &str| parts.get(part).map(|value| text(value).unwrap_or_default());
    let (Some(first), Some(last)) = (part("3"), part("6")) else { return false };
    let other = parts.keys().any(|part| !matches!(*part, "2" | "3" | "4" | "6" | "8"));
    let is_land = |name: &str| name.len() > 3 && country(name).is_some();
    !(other || is_land(&first) && is_land(&last))
}
