//! Calendly: somebody booked a meeting (`invitee.created`), or answered a routing form.

use serde_json::Value;

use super::{
    Adapter, Delivery, Meant,
    look::{items_at, looks_like_a_number_to_call, member, moment, origin, text, text_at},
    unknown_shape,
};
use crate::fault::Fault;

pub(super) fn read(body: &Value) -> Result<Vec<Delivery>, Fault> {
    let Some(payload) = member(body, &["payload"]).filter(|payload| payload.is_object()) else {
        return Err(unknown_shape(Adapter::Calendly, "an object with event and payload"));
    };
    let event = text_at(body, &["event"]).unwrap_or_default();
    let meant = match event.as_str() {
        "" | "invitee.created" | "routing_form_submission.created" => Meant::Lead,
        "invitee.canceled" => Meant::Nothing("canceled"),
        _ => Meant::Nothing("other_event"),
    };
    // Older webhooks keep the person below `invitee`.
    let person = member(payload, &["invitee"]).filter(|person| person.is_object()).unwrap_or(payload);
    let id = text_at(person, &["uri", "uuid"]);
    let mut delivery = Delivery {
        delivery_id: id.map(|id| if meant == Meant::Lead { id } else { format!("{id} {event}") }),
        meant,
        occurred_at: moment(member(person, &["created_at"]).or_else(|| member(body, &["created_at"]))),
        origin: origin(
            payload,
            &[
                ("event", &["event"]),
                ("routing_form", &["routing_form"]),
                ("old_invitee", &["old_invitee"]),
                ("rescheduled", &["rescheduled"]),
            ],
        ),
        ..Delivery::default()
    };
    if let Some(meeting) = member(payload, &["scheduled_event", "event_type"]) {
        delivery.origin.extend(origin(meeting, &[("meeting", &["name"]), ("starts_at", &["start_time"])]));
    }
    let fields = [
        ("contact_name", "name"),
        ("first_name", "first_name"),
        ("last_name", "last_name"),
        ("email", "email"),
        ("phone", "text_reminder_number"),
        ("timezone", "timezone"),
    ];
    for (ours, theirs) in fields {
        delivery.fill(ours, text_at(person, &[theirs]));
    }
    if !delivery.has("phone") {
        delivery.fill("phone", number_to_call(payload));
    }
    questions(&mut delivery, payload);
    tracking(&mut delivery, payload);
    Ok(vec![delivery])
}

/// Where the host calls, the place of the meeting is the invitee's number.
fn number_to_call(payload: &Value) -> Option<String> {
    let place = member(member(payload, &["scheduled_event"])?, &["location"])?;
    let calls = text_at(place, &["type"])? == "outbound_call";
    text_at(place, &["location"]).filter(|number| calls && looks_like_a_number_to_call(number))
}

/// The one question that every kind of meeting asks, unless somebody takes it off.
const USUAL_QUESTION: &str = "Please share anything that will help prepare for our meeting";

fn questions(delivery: &mut Delivery, payload: &Value) {
    for asked in items_at(payload, &["questions_and_answers"]) {
        let question = text_at(asked, &["question"]).unwrap_or_default();
        let id = text_at(asked, &["question_uuid"]);
        let message = Some("notes").filter(|_| question.starts_with(USUAL_QUESTION));
        let names = [id.as_deref(), message, Some(question.as_str())];
        delivery.answer(names.into_iter().flatten(), None, member(asked, &["answer"]).unwrap_or(&Value::Null));
    }
    // Older webhooks number them: `1_question`, `1_response`.
    if let Some(Value::Object(asked)) = member(payload, &["questions_and_responses"]) {
        for (name, question) in asked {
            let Some(number) = name.strip_suffix("_question") else { continue };
            let question = text(question).unwrap_or_default();
            let response = asked.get(&format!("{number}_response")).unwrap_or(&Value::Null);
            let message = Some("notes").filter(|_| question.starts_with(USUAL_QUESTION));
            delivery.answer([message, Some(question.as_str())].into_iter().flatten(), None, response);
        }
    }
}

fn tracking(delivery: &mut Delivery, payload: &Value) {
    let Some(tracking) = member(payload, &["tracking"]) else { return };
    for name in ["utm_source", "utm_medium", "utm_campaign", "utm_content", "utm_term"] {
        delivery.fill(name, text_at(tracking, &[name]));
    }
    delivery.origin.extend(origin(tracking, &[("salesforce_uuid", &["salesforce_uuid"])]));
}
