//! Bodies as real systems send them, where a value could easily come into the wrong field.

use serde_json::{Value, json};

use super::{Adapter, lead_of, one, person};
use crate::capture::adapters::Meant;

fn entry(more: Value) -> Value {
    let mut body = json!({"id": "5", "form_id": "1", "source_url": "https://a.example/contact", "1.3": "Bob", "1.6": "Stone",
        "2": "bob@stone.example"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn an_entry_of_another_site_or_form_is_another() {
    let known = |more: Value| {
        let delivery = one(Adapter::GravityForms, &entry(more));
        (delivery.known_within, delivery.delivery_id)
    };
    let first = known(json!({}));
    assert_eq!(first, known(json!({"source_url": "https://a.example/quote?x=1"})));
    for other in [json!({"source_url": "https://b.example/contact"}), json!({"form_id": "2"}), json!({"id": "6"})] {
        assert_ne!(first, known(other.clone()), "{other}");
    }
}

#[test]
fn an_entry_that_is_spam_makes_no_lead_and_does_not_stand_in_its_way() {
    for status in ["spam", "trash"] {
        let delivery = one(Adapter::GravityForms, &entry(json!({"status": status})));
        assert_eq!((delivery.meant, delivery.delivery_id), (Meant::Nothing(status), Some(format!("5 {status}"))));
    }
    assert_eq!(one(Adapter::GravityForms, &entry(json!({"status": "active"}))).meant, Meant::Lead);
}

#[test]
fn parts_of_an_entry_are_no_address_and_no_name_where_they_may_be_boxes() {
    for parts in [
        json!({"5.1": "Email", "5.3": "Newsletter", "5.4": "SMS"}),
        json!({"6.1": "1", "6.2": "I agree to receive marketing emails.", "6.3": "4"}),
        json!({"8.1": "Gold plan", "8.2": "$100.00", "8.3": "2", "11.1": "XXXXXXXXXXXX1111", "11.4": "Visa"}),
        json!({"7.1": "Germany", "7.3": "Italy", "7.6": "Spain"}),
        json!({"7.3": "Italy", "7.4": "France", "7.6": "Spain"}),
        json!({"0.1": "Red", "0.3": "Green", "0.6": "Blue"}),
    ] {
        let profile = lead_of(&one(Adapter::GravityForms, &entry(parts.clone()))).profile;
        assert_eq!((&profile.city, &profile.region, &profile.country), (&None, &None, &None), "{parts}");
        assert_eq!(profile.contact_name.as_deref(), Some("Bob Stone"), "{parts}");
    }
    for parts in [
        json!({"4.1": "1 Main St", "4.3": "Springfield", "4.4": "IL", "4.5": "62701", "4.6": ""}),
        json!({"input_4_3": "Springfield", "input_4_4": "Illinois", "input_4_6": "United States"}),
    ] {
        let profile = lead_of(&one(Adapter::GravityForms, &entry(parts.clone()))).profile;
        assert_eq!(profile.city.as_deref(), Some("Springfield"), "{parts}");
        assert!(profile.region.is_some(), "{parts}");
    }
    let person = person(&lead_of(&one(Adapter::GravityForms, &entry(json!({}))))).map(str::to_owned);
    assert_eq!(person[..2], ["Bob Stone", "bob@stone.example"]);
}

fn typeform(questions: &[(&str, &str, Value)], more: Value) -> Value {
    let asked = questions.iter().enumerate().map(
        |(at, (title, kind, _))| json!({"id": format!("f{at}"), "ref": format!("r{at}"), "title": title, "type": kind}),
    );
    let answers = questions
        .iter()
        .enumerate()
        .map(|(at, (_, kind, said))| json!({"type": kind, *kind: said, "field": {"id": format!("f{at}")}}));
    let mut response = json!({"token": "t", "definition": {"fields": asked.collect::<Value>()}, "answers": answers.collect::<Value>()});
    response.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    json!({"event_type": "form_response", "form_response": response})
}

#[test]
fn what_kind_of_question_it_is_does_not_make_somebody_elses_answer_the_leads() {
    let body = typeform(
        &[
            ("Your name", "text", json!("Al Bo")),
            ("Your friend's email", "email", json!("friend@t.example")),
            ("Emergency contact's phone number", "phone_number", json!("+14155550000")),
            ("What's the best number for our sales rep to call you?", "phone_number", json!("+14155552671")),
            ("Where can our account manager reach you?", "email", json!("al@t.example")),
        ],
        json!({}),
    );
    let parsed = lead_of(&one(Adapter::Typeform, &body));
    assert_eq!(person(&parsed), ["Al Bo", "al@t.example", "+14155552671", ""]);
    assert_eq!(parsed.unknown["Your friend's email"], "friend@t.example");
    assert_eq!(parsed.unknown["Emergency contact's phone number"], "+14155550000");
}

#[test]
fn a_profile_or_a_video_is_no_website() {
    let website = |question: &str, said: &str| {
        lead_of(&one(Adapter::Typeform, &typeform(&[(question, "url", json!(said))], json!({})))).profile.website
    };
    for (question, said) in [
        ("LinkedIn profile", "https://linkedin.com/in/albo"),
        ("Where do we find you?", "https://www.linkedin.com/in/albo"),
        ("Link to your portfolio or video", "https://albo.example/"),
        ("Where do we find you?", "youtu.be/abc"),
    ] {
        assert_eq!(website(question, said), None, "{question}");
    }
    for said in ["https://albox.com/", "https://albo.example/facebook.com"] {
        assert_eq!(website("Where do we find you?", said).as_deref(), Some(said));
    }
}

#[test]
fn what_a_form_makes_up_is_not_who_somebody_is() {
    let variables =
        json!([{"key": "name", "type": "text", "text": "typeform"}, {"key": "tier", "type": "text", "text": "A"}]);
    let body = typeform(&[("What is your first name?", "text", json!("Laura"))], json!({"variables": variables}));
    let parsed = lead_of(&one(Adapter::Typeform, &body));
    assert_eq!(parsed.profile.contact_name.as_deref(), Some("Laura"));
    assert_eq!((&parsed.unknown["variable name"], &parsed.unknown["tier"]), (&json!("typeform"), &json!("A")));
}

#[test]
fn the_number_of_a_google_question_is_no_message() {
    let column = |id: &str, name: &str, said: &str| json!({"column_id": id, "column_name": name, "string_value": said});
    let columns = [
        column("FULL_NAME", "Full name", "Jane Doe"),
        column("QUESTION_1", "What age?", "Child"),
        column("QUESTION_2", "What is your company?", "Acme"),
    ];
    let parsed = lead_of(&one(Adapter::GoogleAds, &json!({"lead_id": "1", "user_column_data": columns})));
    assert_eq!((person(&parsed)[3], parsed.profile.notes.as_deref()), ("Acme", None));
    assert_eq!(parsed.unknown["What age?"], "Child");
}
