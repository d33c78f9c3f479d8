//! LinkedIn Lead Gen Forms: the notification that there is a response, and responses as the Lead Sync API gives them.

use serde_json::Value;

use super::{
    Adapter, Delivery, Meant, each,
    look::{
        is_yes, items_at, looks_like_a_number_to_call, looks_like_an_address, member, moment, origin, tail, text,
        text_at,
    },
    unknown_shape,
};
use crate::fault::Fault;

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    match body {
        list if member(list, &["elements"]).is_some_and(Value::is_array) => {
            each(&items_at(list, &["elements"]), Adapter::LinkedinLeadGen, lead)
        }
        one => lead(one),
    }
}

fn lead(body: &Value) -> Result<Vec<Delivery>, Fault> {
    if member(body, &["formResponse", "answers"]).is_some() {
        Ok(vec![response(body)])
    } else if member(body, &["leadGenFormResponse", "leadAction"]).is_some() {
        Ok(vec![notification(body)])
    } else {
        let expected = "a notification with leadGenFormResponse, or a response with formResponse";
        Err(unknown_shape(Adapter::LinkedinLeadGen, expected))
    }
}

/// Only the id of a response; somebody who withdrew theirs is no lead.
fn notification(lead: &Value) -> Delivery {
    let id = text_at(lead, &["leadGenFormResponse"]).map(|urn| tail(&urn).to_owned());
    let action = text_at(lead, &["leadAction"]).unwrap_or_default();
    let created = action.is_empty() || action.eq_ignore_ascii_case("CREATED");
    let meant = match &id {
        _ if !created => Meant::Nothing("withdrawn"),
        Some(id) => Meant::Ask(id.clone()),
        None => Meant::Nothing("no_id"),
    };
    let delivery_id = if created { id } else { id.map(|id| format!("{id} {action}")) };
    Delivery {
        meant,
        delivery_id,
        occurred_at: moment(member(lead, &["occurredAt"])),
        origin: ids(lead),
        ..Delivery::default()
    }
}

fn ids(lead: &Value) -> serde_json::Map<String, Value> {
    let mut ids = origin(
        lead,
        &[
            ("form", &["leadGenForm", "versionedLeadGenFormUrn", "form"]),
            ("lead_type", &["leadType"]),
            ("submitter", &["submitter"]),
        ],
    );
    for (name, from) in [("account", "owner"), ("account", "ownerInfo"), ("creative", "associatedEntity")] {
        if let Some(said) = member(lead, &[from]).and_then(text) {
            ids.entry(name).or_insert(Value::String(said));
        }
    }
    ids
}

fn response(lead: &Value) -> Delivery {
    let test = is_yes(member(lead, &["testLead", "isTestLead"]));
    let mut delivery = Delivery {
        meant: if test { Meant::Test } else { Meant::Lead },
        delivery_id: text_at(lead, &["id", "leadGenFormResponse"]).map(|id| tail(&id).to_owned()),
        occurred_at: moment(member(lead, &["submittedAt", "occurredAt", "createdAt"])),
        origin: ids(lead),
        ..Delivery::default()
    };
    let form = member(lead, &["form", "leadForm"]);
    let questions = questions(lead);
    let inside = member(lead, &["formResponse"]).unwrap_or(lead);
    for answer in items_at(inside, &["answers"]) {
        one_answer(&mut delivery, answer, &questions);
    }
    for consent in items_at(inside, &["consentResponses"]) {
        let id = text_at(consent, &["consentId", "id"]).unwrap_or_default();
        delivery.answer(
            [format!("consent {id}").as_str()],
            None,
            member(consent, &["accepted"]).unwrap_or(&Value::Null),
        );
    }
    let hidden = [Some(lead), Some(inside), form].into_iter().flatten().map(|at| items_at(at, &["hiddenFields"]));
    for field in hidden.flatten() {
        let name = text_at(field, &["name"]).unwrap_or_default();
        delivery.answer([name.as_str()], None, member(field, &["value"]).unwrap_or(&Value::Null));
    }
    touch(&mut delivery, lead);
    delivery
}

/// The questions of the form, where the body brings them.
fn questions(lead: &Value) -> Vec<&Value> {
    let holders = ["form", "leadForm"].iter().filter_map(|name| member(lead, &[*name]));
    let mut found = items_at(lead, &["questions"]);
    for holder in holders {
        found.extend(items_at(holder, &["questions"]));
        if let Some(content) = member(holder, &["content"]) {
            found.extend(items_at(content, &["questions"]));
        }
    }
    found
}

fn one_answer(delivery: &mut Delivery, answer: &Value, questions: &[&Value]) {
    let id = text_at(answer, &["questionId", "id"]);
    let question =
        questions.iter().copied().find(|question| text_at(question, &["questionId", "id"]) == id && id.is_some());
    let mut names: Vec<String> = Vec::new();
    for at in [Some(answer), question].into_iter().flatten() {
        let known = ["predefinedField", "name", "label", "question", "questionText", "text"];
        names.extend(known.iter().filter_map(|name| member(at, &[*name]).and_then(localized)));
    }
    names.extend(id.map(|id| format!("linkedin question {id}")));
    let details = member(answer, &["answerDetails"]).unwrap_or(answer);
    let choice = member(details, &["multipleChoiceAnswer"]);
    let value = match (member(details, &["textQuestionAnswer"]), choice) {
        (Some(text), _) => member(text, &["answer"]).cloned(),
        (None, Some(choice)) => Some(chosen(choice, question)),
        (None, None) => member(details, &["answer", "value"]).cloned(),
    };
    let value = value.unwrap_or(Value::Null);
    let written = text(&value).unwrap_or_default();
    let kind = names.iter().find_map(|name| match name.to_uppercase().as_str() {
        "EMAIL" | "WORK_EMAIL" => Some("email"),
        "PHONE_NUMBER" | "WORK_PHONE_NUMBER" => Some("phone"),
        _ => None,
    });
    // Without the form only numbers of questions are known, and the answers have to speak for themselves.
    let kind = match (kind, names.len()) {
        (None, 1) if looks_like_an_address(&written) => Some("email"),
        (None, 1) if looks_like_a_number_to_call(&written) => Some("phone"),
        (kind, _) => kind,
    };
    delivery.answer(names.iter().map(String::as_str), kind, &value);
}

/// A text, or its first translation.
fn localized(value: &Value) -> Option<String> {
    match member(value, &["localized"]) {
        Some(Value::Object(languages)) => languages.values().find_map(text),
        _ => text(value),
    }
}

/// The texts of the options that were chosen; their numbers where the body does not bring the form.
fn chosen(choice: &Value, question: Option<&Value>) -> Value {
    let options: Vec<&Value> = question
        .and_then(|question| member(question, &["questionDetails", "multipleChoiceQuestionDetails", "options"]))
        .map(|details| {
            let inner = member(details, &["multipleChoiceQuestionDetails"]).unwrap_or(details);
            if inner.is_array() {
                inner.as_array().into_iter().flatten().collect()
            } else {
                items_at(inner, &["options"])
            }
        })
        .unwrap_or_default();
    let label = |number: &Value| {
        let id = text(number)?;
        let option = options.iter().find(|option| text_at(option, &["id", "optionId"]).as_ref() == Some(&id))?;
        member(option, &["text", "label"]).and_then(localized)
    };
    let numbers = member(choice, &["options", "answer"]).cloned().unwrap_or(Value::Null);
    let numbers = if let Value::Array(numbers) = numbers { numbers } else { vec![numbers] };
    Value::Array(numbers.iter().map(|number| label(number).map_or_else(|| number.clone(), Value::String)).collect())
}

fn touch(delivery: &mut Delivery, lead: &Value) {
    let sponsored = text_at(lead, &["leadType"]).is_none_or(|kind| kind.eq_ignore_ascii_case("SPONSORED"));
    let campaign = ["leadMetadataInfo", "leadMetadata"].iter().find_map(|name| {
        let meta = member(lead, &[*name])?;
        let inside = member(meta, &["sponsoredLeadMetadataInfo", "sponsoredLeadMetadata"])?;
        member(inside, &["campaign"]).and_then(text)
    });
    if let Some(campaign) = &campaign {
        delivery.origin.insert("campaign".to_owned(), campaign.clone().into());
    }
    if !delivery.has("utm_source") {
        delivery.fill("utm_source", Some("linkedin"));
        delivery.fill("utm_medium", sponsored.then_some("paid_social"));
    }
    if !delivery.has("utm_campaign") {
        delivery.fill("utm_campaign", campaign);
    }
}
