//! Typeform: answers name their question by id or reference; the questions themselves stand in the form's definition.

use std::collections::{HashMap, HashSet};

use serde_json::{Map, Value};

use super::{
    Adapter, Delivery, Meant, flat,
    look::{items_at, member, moment, origin, said, text, text_at},
    unknown_shape,
};
use crate::{
    fault::Fault,
    leads::{Target, is_of_a_person, target_for},
    text::fold,
};

/// The address in what the webhook settings send as a test.
const TEST_ADDRESS: &str = "an_account@example.com";

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    let Some(response) = member(body, &["form_response"]).filter(|response| response.is_object()) else {
        return Err(unknown_shape(Adapter::Typeform, "an object with form_response"));
    };
    let partial = text_at(body, &["event_type"]).is_some_and(|kind| kind.contains("partial"));
    let mut delivery = Delivery {
        meant: if partial { Meant::Nothing("partial") } else { Meant::Lead },
        // A response is sent when it is begun and when it is done.
        delivery_id: text_at(response, &["token"])
            .or_else(|| text_at(body, &["event_id"]))
            .map(|id| if partial { format!("{id} partial") } else { id }),
        occurred_at: moment(member(response, &["submitted_at"])),
        origin: origin(response, &[("form_id", &["form_id"]), ("landing_id", &["landing_id"])]),
        ..Delivery::default()
    };
    let definition = member(response, &["definition"]).unwrap_or(&Value::Null);
    delivery.origin.extend(origin(definition, &[("form_name", &["title"])]));
    if let Some(score) = member(response, &["calculated"]).and_then(|found| text_at(found, &["score"])) {
        delivery.origin.insert("score".to_owned(), score.into());
    }
    let mut questions = items_at(definition, &["fields"]);
    let groups: Vec<&Value> = questions
        .iter()
        .filter_map(|question| member(question, &["properties"]))
        .flat_map(|inside| items_at(inside, &["fields"]))
        .collect();
    questions.extend(groups);
    let questions = Questions::of(&questions);
    let mut test = false;
    for answer in items_at(response, &["answers"]) {
        let value = value_of(answer);
        test |= value.as_str() == Some(TEST_ADDRESS);
        one_answer(&mut delivery, answer, &value, &questions);
    }
    if let Some(Value::Object(hidden)) = member(response, &["hidden"]) {
        add_hidden(&mut delivery, hidden);
    }
    for variable in items_at(response, &["variables"]) {
        let key = text_at(variable, &["key"]).unwrap_or_default();
        let value = ["text", "number"].iter().find_map(|name| member(variable, &[*name]));
        if key != "score" {
            // The form made it up: it must not say who somebody is.
            let name = if says_who(&key) { format!("variable {key}") } else { key };
            delivery.answer([name.as_str()], None, value.unwrap_or(&Value::Null));
        }
    }
    if test && delivery.meant == Meant::Lead {
        delivery.meant = Meant::Test;
    }
    Ok(vec![delivery])
}

/// Adds what the link to the form said. What somebody typed counts before it: of a whole name that was typed, the link must
/// not say a part of its own.
fn add_hidden(delivery: &mut Delivery, hidden: &Map<String, Value>) {
    let typed = delivery.answers.iter().filter(|answer| answer.names.iter().any(|name| is_name(name)));
    let typed = typed.filter_map(|answer| text(&answer.value)).map(|said| fold(&said)).collect::<Vec<_>>().join(" ");
    // Both may be very long: looking for each word among all would take as many steps as one times the other.
    let typed: HashSet<&str> = typed.split(' ').filter(|word| !word.is_empty()).collect();
    // What the link to share has where nobody put anything in its place.
    let said = hidden.iter().filter(|(_, value)| value.as_str() != Some("xxxxx"));
    let contradicts = |name: &str, value: &Value| {
        let words = fold(&text(value).unwrap_or_default());
        !typed.is_empty() && is_name(name) && !words.split(' ').all(|word| typed.contains(word))
    };
    let (others, agreeing): (Vec<_>, Vec<_>) = said.partition(|(name, value)| contradicts(name, value));
    flat::add(delivery, &agreeing.into_iter().map(|(name, value)| (name.clone(), value.clone())).collect(), &[]);
    for (name, value) in others {
        delivery.keep_aside([name.as_str()], value);
    }
}

fn is_name(name: &str) -> bool {
    matches!(target_for(name, &[]), Some(Target::Field("contact_name" | "first_name" | "last_name")))
}

/// Whether a name is one under which people say who they are.
fn says_who(key: &str) -> bool {
    target_for(key, &[])
        .is_some_and(|target| is_of_a_person(&target) || matches!(target, Target::Field("company_name" | "website")))
}

/// The questions of a form by their ids and references, each with its place: a body may have very many.
struct Questions<'v> {
    ids: HashMap<String, (usize, &'v Value)>,
    references: HashMap<String, (usize, &'v Value)>,
}

impl<'v> Questions<'v> {
    fn of(questions: &[&'v Value]) -> Self {
        let by = |name: &str| {
            let mut known = HashMap::new();
            for (at, question) in questions.iter().enumerate() {
                if let Some(said) = text_at(question, &[name]) {
                    known.entry(said).or_insert((at, *question));
                }
            }
            known
        };
        Self { ids: by("id"), references: by("ref") }
    }

    /// The first question that has this id or this reference.
    fn of_answer(&self, id: Option<&str>, reference: Option<&str>) -> Option<&'v Value> {
        let by_id = id.and_then(|id| self.ids.get(id));
        let by_reference = reference.and_then(|reference| self.references.get(reference));
        by_id.into_iter().chain(by_reference).min_by_key(|(at, _)| *at).map(|(_, question)| *question)
    }
}

fn one_answer(delivery: &mut Delivery, answer: &Value, value: &Value, questions: &Questions<'_>) {
    let field = member(answer, &["field"]).unwrap_or(&Value::Null);
    let (id, reference) = (text_at(field, &["id"]), text_at(field, &["ref"]));
    let question = questions.of_answer(id.as_deref(), reference.as_deref());
    let reference = reference.or_else(|| question.and_then(|question| text_at(question, &["ref"])));
    let title = question.and_then(|question| text_at(question, &["title"])).or_else(|| text_at(field, &["title"]));
    let names = [reference, id, title];
    let kind = match text_at(answer, &["type"]).as_deref() {
        Some("email") => Some("email"),
        Some("phone_number") => Some("phone"),
        // Where a booking stands is no website of the lead's own.
        Some("url") if text_at(field, &["type"]).as_deref() == Some("calendly") => None,
        Some("url") => Some("website"),
        _ => None,
    };
    delivery.answer(names.iter().flatten().map(String::as_str), kind, value);
}

/// What was answered stands under the name of its type.
fn value_of(answer: &Value) -> Value {
    let kind = text_at(answer, &["type"]).unwrap_or_default();
    let inside = member(answer, &[kind.as_str()]);
    match (kind.as_str(), inside) {
        ("choice", Some(choice)) => member(choice, &["label"]).or_else(|| member(choice, &["other"])).cloned(),
        ("choices", Some(choices)) => {
            let mut labels: Vec<Value> =
                member(choices, &["labels"]).and_then(Value::as_array).cloned().unwrap_or_default();
            labels.extend(member(choices, &["other"]).and_then(said));
            Some(Value::Array(labels))
        }
        ("payment", Some(payment)) => text_at(payment, &["amount"]).map(Value::String),
        (_, Some(value)) => said(value),
        // A type that did not exist when this was written: whatever stands beside type and field.
        (_, None) => answer.as_object().and_then(|members| {
            members
                .iter()
                .filter(|(name, _)| !matches!(name.as_str(), "type" | "field"))
                .find_map(|(_, value)| text(value))
                .map(Value::String)
        }),
    }
    .unwrap_or(Value::Null)
}
