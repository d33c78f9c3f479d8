//! Jotform: an HTML form whose `rawRequest` holds the answers as JSON, under names such as `q3_name`; names, addresses, phone
//! numbers and dates in parts.

use serde_json::{Map, Value};

use super::{
    Adapter, Delivery, json_body,
    look::{member, origin, said, text, text_at},
    unknown_shape,
    whose::{self, Whose, of_names, of_parts},
};
use crate::{
    fault::Fault,
    leads::{Target, target_for},
};

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
    let questions: Vec<(&str, &Value, Option<Question<'_>>)> = questions
        .into_iter()
        .map(|(name, value)| {
            (name.as_str(), value, value.as_object().and_then(|parts| Question::of(name, parts, &pretty)))
        })
        .collect();
    let is_named = questions.iter().any(|(name, value, parted)| {
        let target = bare_name(name).filter(|_| parted.is_none() && text(value).is_some());
        matches!(target.and_then(|name| target_for(name, &[])), Some(Target::Field("contact_name")))
    });
    let own = |shape| {
        let parted = questions.iter().filter_map(|(_, _, parted)| parted.as_ref());
        let alike = parted.filter(|question| question.shape == shape && question.says_something());
        whose::leads(alike.map(|question| {
            let known = question.known();
            let whose = if shape == Shape::Name { of_names(&known, is_named) } else { of_parts(&known) };
            (question.name, whose)
        }))
    };
    let own = [own(Shape::Name), own(Shape::Address)];
    for (name, value, parted) in &questions {
        match parted {
            Some(question) => question.read(&mut delivery, own.contains(&Some(name))),
            None => whole(&mut delivery, name, value, &pretty),
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

/// An answer that is not in parts.
fn whole(delivery: &mut Delivery, name: &str, value: &Value, pretty: &str) {
    let bare = bare_name(name).unwrap_or(name);
    let value = plain(value);
    let label = label_of(&value, pretty);
    let names = [Some(name), label.as_deref(), Some(bare)];
    // The short name is the one that people know where the label is not told apart.
    let kind = text(&value).filter(|said| said.contains('@') && bare.to_lowercase().contains("mail"));
    delivery.answer(names.into_iter().flatten(), kind.map(|_| "email"), &value);
}

/// Of what the parts are.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Shape {
    Name,
    Address,
    Other,
}

/// A question whose answer comes in parts.
struct Question<'v> {
    name: &'v str,
    bare: &'v str,
    label: Option<String>,
    shape: Shape,
    parts: &'v Map<String, Value>,
}

impl<'v> Question<'v> {
    fn of(name: &'v str, parts: &'v Map<String, Value>, pretty: &str) -> Option<Self> {
        let has = |known: &[&str]| known.iter().any(|part| parts.contains_key(*part));
        let is_a_number = has(&["full", "phone"]);
        let shape = match () {
            () if has(&["first", "last"]) => Shape::Name,
            () if !is_a_number && has(&["addr_line1", "city", "postal", "state"]) => Shape::Address,
            () => Shape::Other,
        };
        let mut question = Self { name, bare: bare_name(name)?, label: None, shape, parts };
        let shown = match shape {
            Shape::Name => ["prefix", "first", "middle", "last", "suffix"]
                .map(|part| question.part(&[part]))
                .into_iter()
                .flatten()
                .collect::<Vec<_>>()
                .join(" "),
            _ => question.part(&["full"]).unwrap_or_default(),
        };
        question.label = label_of(&shown.into(), pretty);
        Some(question)
    }

    fn part(&self, names: &[&str]) -> Option<String> {
        names.iter().find_map(|name| self.parts.get(*name)).and_then(|value| text(&plain(value)))
    }

    fn says_something(&self) -> bool {
        self.parts.values().any(|part| text(part).is_some())
    }

    fn known(&self) -> Vec<&str> {
        [self.label.as_deref(), Some(self.bare)].into_iter().flatten().collect()
    }

    /// Adds what was answered; names and addresses fill the lead's where it is the one that does.
    fn read(&self, delivery: &mut Delivery, is_the_leads: bool) {
        let name = self.name;
        match self.shape {
            Shape::Name => {
                for (ours, theirs) in [("first_name", "first"), ("last_name", "last")] {
                    self.part_of(delivery, theirs, Some(ours).filter(|_| is_the_leads));
                }
            }
            Shape::Address => {
                let street: Vec<String> =
                    [self.part(&["addr_line1"]), self.part(&["addr_line2"])].into_iter().flatten().collect();
                delivery.answer([format!("{name}.street").as_str()], None, &street.join(", ").into());
                for (ours, theirs) in
                    [("city", "city"), ("region", "state"), ("postal_code", "postal"), ("country", "country")]
                {
                    self.part_of(delivery, theirs, Some(ours).filter(|_| is_the_leads));
                }
            }
            Shape::Other => self.number_or_date(delivery),
        }
    }

    fn part_of(&self, delivery: &mut Delivery, part: &str, ours: Option<&str>) {
        let field = format!("{}.{part}", self.name);
        let said = self.part(&[part]).unwrap_or_default().into();
        match ours {
            Some(ours) => delivery.answer([field.as_str(), ours], None, &said),
            None => delivery.keep_aside([field.as_str()], &said),
        }
    }

    fn number_or_date(&self, delivery: &mut Delivery) {
        let Self { name, bare, .. } = *self;
        let part = |names: &[&str]| self.part(names);
        // The number of a parent reaches the lead where nothing else does.
        let is_others = self.label.as_deref().is_some_and(|label| of_parts(&[label]) == Whose::Others);
        if let Some(full) = part(&["full"]) {
            let in_brackets = format!("{name}[full]");
            let names = [in_brackets.as_str(), name, bare];
            return match is_others {
                true => delivery.keep_aside(names, &full.into()),
                false => delivery.answer(names, Some("phone"), &full.into()),
            };
        }
        if let Some(number) = part(&["phone"]) {
            let country = part(&["country"]).map(|code| format!("+{}", code.trim_start_matches(['+', '0'])));
            let whole: Vec<String> = [country, part(&["area"]), Some(number)].into_iter().flatten().collect();
            let in_brackets = format!("{name}[phone]");
            return delivery.answer([&in_brackets, name, bare], Some("phone"), &whole.join(" ").into());
        }
        if let (Some(year), Some(month), Some(day)) = (part(&["year"]), part(&["month"]), part(&["day"])) {
            let date = format!("{year}-{month:0>2}-{day:0>2}");
            let time = match (part(&["hour"]), part(&["min"])) {
                (Some(hour), Some(minute)) => format!(" {hour:0>2}:{minute:0>2}"),
                _ => String::new(),
            };
            return delivery.answer([name, bare], None, &format!("{date}{time}").into());
        }
        let values = Value::Array(self.parts.values().filter_map(said).map(|value| plain(&value)).collect());
        delivery.answer([name, bare], None, &values);
    }
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
