//! What form builders send.

use serde_json::{Value, json};

use super::{Adapter, lead_by, lead_of, one, person};
use crate::capture::{FormSettings, adapters::Meant};

fn typeform(answers: Value) -> Value {
    json!({
        "event_id": "01EV", "event_type": "form_response",
        "form_response": {
            "form_id": "abc", "token": "tok1", "submitted_at": "2026-01-01T00:00:00Z",
            "hidden": {"utm_source": "newsletter", "gclid": "", "plan": "gold"},
            "variables": [{"key": "score", "type": "number", "number": 4}, {"key": "tier", "type": "text", "text": "A"}],
            "definition": {"id": "abc", "title": "Looms", "fields": [
                {"id": "f1", "ref": "5f-9a", "title": "What is your full name?", "type": "short_text"},
                {"id": "f2", "ref": "contact", "title": "Contact", "type": "email"},
                {"id": "f3", "ref": "r3", "title": "How can we call you?", "type": "phone_number"},
                {"id": "f4", "ref": "r4", "title": "Topics", "type": "multiple_choice"},
                {"id": "g1", "ref": "g", "title": "Work", "type": "group", "properties": {"fields": [
                    {"id": "f5", "ref": "r5", "title": "*Company*", "type": "short_text"},
                ]}},
            ]},
            "answers": answers,
        },
    })
}

#[test]
fn typeform_answers_are_known_by_their_question_and_its_kind() {
    let body = typeform(json!([
        {"type": "text", "text": "Ada Lovelace", "field": {"id": "f1", "ref": "5f-9a", "type": "short_text"}},
        {"type": "email", "email": "ada@engines.example", "field": {"id": "f2", "type": "email"}},
        {"type": "phone_number", "phone_number": "+14155552671", "field": {"ref": "r3", "type": "phone_number"}},
        {"type": "choices", "choices": {"labels": ["Looms", "Yarn"], "other": "Cats"}, "field": {"id": "f4"}},
        {"type": "text", "text": "Engines Ltd", "field": {"id": "f5"}},
        {"type": "hologram", "hologram_v2": {"label": "wave"}, "field": {"id": "f9", "ref": "unheard"}},
    ]));
    let delivery = one(Adapter::Typeform, &body);
    assert_eq!((delivery.delivery_id.as_deref(), &delivery.meant), (Some("tok1"), &Meant::Lead));
    let parsed = lead_of(&delivery);
    assert_eq!(person(&parsed), ["Ada Lovelace", "ada@engines.example", "+14155552671", "Engines Ltd"]);
    assert_eq!(parsed.unknown["Topics"], json!(["Looms", "Yarn", "Cats"]));
    assert_eq!((&parsed.unknown["plan"], &parsed.unknown["tier"]), (&json!("gold"), &json!("A")));
    assert_eq!(parsed.profile.last_touch.unwrap().utm_source.as_deref(), Some("newsletter"));
    let mapping = [("r4".to_owned(), "product_interests".to_owned())].into();
    let parsed = lead_by(&delivery, &FormSettings { field_mapping: mapping, ..FormSettings::default() }, &[]);
    assert_eq!(parsed.profile.product_interests, ["Looms", "Yarn", "Cats"]);
}

#[test]
fn where_a_booking_stands_is_no_website() {
    let website = |kind: &str| {
        let asked = json!({"id": "u", "ref": "u", "type": kind});
        let body = typeform(json!([{"type": "url", "url": "https://calendly.com/events/AAAA", "field": asked}]));
        lead_of(&one(Adapter::Typeform, &body)).profile.website
    };
    assert_eq!(website("calendly"), None);
    assert!(website("website").is_some());
}

#[test]
fn a_typeform_that_is_not_done_is_no_lead_and_does_not_stand_in_its_way() {
    let mut partial = typeform(json!([]));
    partial["event_type"] = json!("form_response_partial");
    let partial = one(Adapter::Typeform, &partial);
    assert_eq!((partial.meant, partial.delivery_id.as_deref()), (Meant::Nothing("partial"), Some("tok1 partial")));
}

#[test]
fn tally_tells_choices_by_the_ids_of_options() {
    let options = json!([{"id": "o1", "text": "Red"}, {"id": "o2", "text": "Blue"}]);
    let body = json!({
        "eventId": "ev", "eventType": "FORM_RESPONSE", "createdAt": "2026-01-01T00:00:00.000Z",
        "data": {"responseId": "r1", "submissionId": "r1", "formId": "f", "formName": "Looms", "fields": [
            {"key": "question_a", "label": "Who are you?", "type": "INPUT_TEXT", "value": "Ada Lovelace"},
            {"key": "question_b", "label": "Votre email", "type": "INPUT_EMAIL", "value": "ada@engines.example"},
            {"key": "question_c", "label": null, "type": "INPUT_PHONE_NUMBER", "value": "+14155552671"},
            {"key": "question_d", "label": "Colours", "type": "CHECKBOXES", "value": ["o1", "o2", "gone"], "options": options},
            {"key": "question_d_o1", "label": "Colours (Red)", "type": "CHECKBOXES", "value": true},
            {"key": "question_e", "label": "company", "type": "HIDDEN_FIELDS", "value": "Engines Ltd"},
            {"key": "question_f", "label": "Files", "type": "FILE_UPLOAD", "value": [{"id": "1", "name": "a.pdf", "url": "https://x.example/a.pdf"}]},
            {"key": "question_g", "label": "Grid", "type": "MATRIX", "value": {"r": ["o2"]}, "rows": [{"id": "r", "text": "Row"}], "columns": options},
        ]},
    });
    let delivery = one(Adapter::Tally, &body);
    assert_eq!(delivery.delivery_id.as_deref(), Some("r1"));
    let mapping = [("question_a".to_owned(), "contact_name".to_owned())].into();
    let parsed = lead_by(&delivery, &FormSettings { field_mapping: mapping, ..FormSettings::default() }, &[]);
    assert_eq!(person(&parsed), ["Ada Lovelace", "ada@engines.example", "+14155552671", "Engines Ltd"]);
    assert_eq!(parsed.unknown["Colours"], json!(["Red", "Blue", "gone"]));
    assert_eq!(
        (&parsed.unknown["Files"], &parsed.unknown["Grid"]),
        (&json!("https://x.example/a.pdf"), &json!("Row: Blue"))
    );
    assert!(!parsed.unknown.contains_key("Colours (Red)"));
    let numbered = json!({"eventType": "FORM_RESPONSE", "data": {"responseId": "r2", "fields": [
        {"key": "question_1", "label": "Your name", "type": "INPUT_TEXT", "value": "Ada Lovelace"},
        {"key": "question_2", "label": "E-mail", "type": "INPUT_EMAIL", "value": "ada@engines.example"},
        {"key": "question_3", "label": "Company size", "type": "INPUT_TEXT", "value": "11-50"},
    ]}});
    let parsed = lead_of(&one(Adapter::Tally, &numbered));
    assert_eq!((person(&parsed)[0], parsed.profile.company_size.is_some()), ("Ada Lovelace", true));
    assert_eq!(parsed.profile.notes, None);
    let wrapped = json!({"data": body});
    assert_eq!(one(Adapter::Tally, &wrapped).answers, delivery.answers);
}

#[test]
fn jotform_hides_its_answers_in_a_text() {
    let raw = json!({
        "slug": "submit/260", "q3_name": {"first": "Ada", "last": "Lovelace"}, "q4_email4": "ada@engines.example",
        "q5_phoneNumber": {"area": "415", "phone": "5552671"}, "q6_typeA6": "Engines &amp; Co", "q7_topics": ["a", "b"],
        "q8_address": {"addr_line1": "1 Loom St", "city": "London", "state": "", "postal": "E1", "country": "United Kingdom"},
        "q9_when": {"year": "2026", "month": "3", "day": "1"}, "event_id": "x", "timeToSubmit": "15",
    });
    let body = json!({
        "formID": "260", "submissionID": "6123456789012345678", "formTitle": "Looms", "ip": "192.0.2.1", "rawRequest": raw.to_string(),
        "pretty": "Name:Ada Lovelace, Your company:Engines & Co, Topics:a b",
    });
    let delivery = one(Adapter::Jotform, &body);
    assert_eq!(delivery.delivery_id.as_deref(), Some("6123456789012345678"));
    let parsed = lead_of(&delivery);
    assert_eq!(person(&parsed), ["Ada Lovelace", "ada@engines.example", "+14155552671", "Engines & Co"]);
    let profile = &parsed.profile;
    assert_eq!(
        (profile.city.as_deref(), profile.country.as_deref(), profile.postal_code.as_deref()),
        (Some("London"), Some("GB"), Some("E1"))
    );
    assert_eq!((&parsed.unknown["when"], &parsed.unknown["topics"]), (&json!("2026-03-01"), &json!(["a", "b"])));
    assert!(!parsed.unknown.contains_key("timeToSubmit"));
}

#[test]
fn a_gravity_forms_entry_speaks_in_numbers() {
    let mut body = json!({
        "id": "17", "form_id": "3", "date_created": "2026-01-01 10:00:00", "is_read": "0", "ip": "192.0.2.1",
        "source_url": "https://www.example.com/contact", "status": "active", "payment_status": null,
        "1.2": "", "1.3": "Ada", "1.4": "", "1.6": "Lovelace", "1.8": "", "2": "ada@engines.example", "3": "(415) 555-2671",
        "4.1": "1 Loom St", "4.3": "London", "4.5": "E1", "4.6": "United Kingdom", "5": "Engines Ltd", "6.1": "Red", "6.2": "", "6.3": "Blue",
    });
    let delivery = one(Adapter::GravityForms, &body);
    assert_eq!(delivery.delivery_id.as_deref(), Some("17"));
    let parsed = lead_of(&delivery);
    assert_eq!(person(&parsed), ["Ada Lovelace", "ada@engines.example", "+14155552671", ""]);
    assert_eq!(parsed.profile.city.as_deref(), Some("London"));
    assert_eq!(
        parsed.profile.last_touch.as_ref().unwrap().landing_page.as_deref(),
        Some("https://www.example.com/contact")
    );
    assert_eq!(parsed.unknown["5"], "Engines Ltd");

    body["form"] = json!({"title": "Looms", "fields": [
        {"id": 1, "type": "name", "label": "Name"}, {"id": 5, "type": "text", "label": "Company"},
        {"id": 6, "type": "checkbox", "label": "Colours"},
    ]});
    let parsed = lead_of(&one(Adapter::GravityForms, &body));
    assert_eq!(person(&parsed), ["Ada Lovelace", "ada@engines.example", "+14155552671", "Engines Ltd"]);
    assert_eq!(parsed.unknown["Colours"], json!(["Red", "Blue"]));
}

#[test]
fn a_booking_is_a_lead_and_its_end_is_none() {
    let body = |event: &str| {
        json!({"event": event, "created_at": "2026-01-01T00:00:00.000000Z", "payload": {
            "uri": "https://api.calendly.com/scheduled_events/E/invitees/I", "email": "ada@engines.example", "name": "Ada Lovelace",
            "first_name": null, "text_reminder_number": "+1 415-555-2671", "timezone": "Europe/London",
            "questions_and_answers": [{"question": "Company", "answer": "Engines Ltd", "position": 0}, {"question": "Why?", "answer": "", "position": 1}],
            "tracking": {"utm_source": "mail", "utm_campaign": null}, "scheduled_event": {"name": "Demo", "start_time": "2026-02-01T10:00:00Z"},
        }})
    };
    let delivery = one(Adapter::Calendly, &body("invitee.created"));
    let parsed = lead_of(&delivery);
    assert_eq!(person(&parsed), ["Ada Lovelace", "ada@engines.example", "+14155552671", "Engines Ltd"]);
    assert_eq!(
        (parsed.profile.timezone.as_deref(), &delivery.origin["meeting"]),
        (Some("Europe/London"), &json!("Demo"))
    );
    let gone = one(Adapter::Calendly, &body("invitee.canceled"));
    assert_eq!(gone.meant, Meant::Nothing("canceled"));
    assert_ne!(gone.delivery_id, delivery.delivery_id);
}

#[test]
fn webflow_old_and_new_say_the_same() {
    let data = json!({"Your Name": "Ada Lovelace", "Email Address": "ada@engines.example", "Phone": 14_155_552_671_u64, "Company": "Engines Ltd", "Loom": null});
    let new = json!({"triggerType": "form_submission", "payload": {"name": "Contact", "id": "s1", "formId": "f1", "data": data, "submittedAt": "2026-01-01T00:00:00.000Z", "schema": []}});
    let old = json!({"name": "Contact", "site": "x", "data": data, "d": "2026-01-01T00:00:00.000Z", "_id": "s1"});
    for body in [new, old] {
        let delivery = one(Adapter::Webflow, &body);
        assert_eq!((delivery.delivery_id.as_deref(), delivery.occurred_at.is_some()), (Some("s1"), true));
        assert_eq!(person(&lead_of(&delivery)), ["Ada Lovelace", "ada@engines.example", "+14155552671", "Engines Ltd"]);
    }
}

#[test]
fn unbounce_packs_its_answers_into_lists() {
    let answers = json!({
        "name": ["Ada Lovelace"], "email": ["ada@engines.example"], "phone_number": ["415 555 2671"], "company": [""], "looms": ["a", "b"],
        "ip_address": ["192.0.2.1"], "page_uuid": ["p"], "variant": ["a"], "date_submitted": ["2026-01-01"], "time_submitted": ["04:59 PM UTC"],
        "page_url": ["https://pages.example.com/looms"],
    });
    for body in
        [json!({"data.json": answers.to_string(), "page_name": "Looms", "company": "Engines Ltd"}), answers.clone()]
    {
        let delivery = one(Adapter::Unbounce, &body);
        let parsed = lead_of(&delivery);
        assert_eq!(person(&parsed)[..3], ["Ada Lovelace", "ada@engines.example", "+14155552671"]);
        assert_eq!(delivery.occurred_at.unwrap().to_rfc3339(), "2026-01-01T16:59:00+00:00");
        assert_eq!(parsed.unknown["looms"], json!(["a", "b"]));
        assert_eq!(parsed.profile.last_touch.unwrap().landing_page.as_deref(), Some("https://pages.example.com/looms"));
    }
}
