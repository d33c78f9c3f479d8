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
        json!({"input_4_1": "", "input_4_3": "Springfield", "input_4_4": "Illinois", "input_4_6": "United States"}),
    ] {
        let profile = lead_of(&one(Adapter::GravityForms, &entry(parts.clone()))).profile;
        assert_eq!(profile.city.as_deref(), Some("Springfield"), "{parts}");
        assert!(profile.region.is_some(), "{parts}");
    }
    for (first, last) in [("Bob", "Stone"), ("Michael", "Jordan"), ("Sp", "Am"), ("Al", "Be")] {
        let named = lead_of(&one(Adapter::GravityForms, &entry(json!({"1.3": first, "1.6": last})))).profile;
        assert_eq!((named.first_name.as_deref(), named.last_name.as_deref()), (Some(first), Some(last)));
        assert_eq!(named.country, None);
    }
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
            ("We look for a partner. What is your best e-mail?", "email", json!("al@t.example")),
            ("Your manager's phone", "phone_number", json!("+14155552673")),
        ],
        json!({}),
    );
    let parsed = lead_of(&one(Adapter::Typeform, &body));
    assert_eq!(person(&parsed), ["Al Bo", "al@t.example", "+14155552671", ""]);
    assert_eq!(parsed.unknown["Your friend's email"], "friend@t.example");
    assert_eq!(parsed.unknown["Your manager's phone"], "+14155552673");
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

fn meta(more: Value) -> Value {
    let mut body =
        json!({"id": "l:77", "created_time": "2026-11-20T10:00:00+0000", "form_id": "f:9", "campaign_id": "c:8"});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn tests_of_meta_are_known_without_their_brackets() {
    for said in ["test lead: dummy data for full_name", "&lt;test lead: dummy data for FULL_NAME&gt;"] {
        let body = meta(json!({"field_data": [{"name": "FULL_NAME", "values": [said]}]}));
        assert_eq!(one(Adapter::MetaLeadAds, &body).meant, Meant::Test, "{said}");
    }
}

#[test]
fn leads_of_meta_are_read_as_programs_hand_them_on() {
    let answers = json!({"full_name": "Fb En", "email": "fb@p.example", "phone_number": "p:+14155552671", "zip_code": "z:94105", "looms?": "12"});
    let flat = {
        let mut flat = meta(json!({"platform": "fb", "form_name": "Looms"}));
        flat.as_object_mut().unwrap().extend(answers.as_object().unwrap().clone());
        flat
    };
    let listed: Value =
        answers.as_object().unwrap().iter().map(|(name, value)| json!({"name": name, "values": [value]})).collect();
    for body in [
        meta(json!({"field_data": listed})),
        meta(json!({"field_data": answers})),
        meta(json!({"field_data": answers.to_string()})),
        meta(json!({"field_data": listed.to_string()})),
        json!({"id": "77", "data": answers, "form": {"id": "9", "name": "Looms"}, "campaign": {"id": "8"}, "page": {"id": "4", "name": "My page"}}),
        flat,
    ] {
        let delivery = one(Adapter::MetaLeadAds, &body);
        assert_eq!((&delivery.meant, delivery.delivery_id.as_deref()), (&Meant::Lead, Some("77")), "{body}");
        assert_eq!(
            (&delivery.origin["form_id"], &delivery.origin["campaign_id"]),
            (&json!("9"), &json!("8")),
            "{body}"
        );
        let parsed = lead_of(&delivery);
        assert_eq!(person(&parsed)[..3], ["Fb En", "fb@p.example", "+14155552671"], "{body}");
        assert_eq!(parsed.profile.postal_code.as_deref(), Some("94105"), "{body}");
        assert_eq!(parsed.unknown.keys().collect::<Vec<_>>(), ["looms?"], "{body}");
    }
    let asked = one(Adapter::MetaLeadAds, &json!({"leadgen_id": "77", "form_id": "9"}));
    assert_eq!(asked.meant, Meant::Ask("77".into()));
}

#[test]
fn other_events_of_webflow_make_no_lead() {
    let body = json!({"triggerType": "site_publish", "payload": {"domains": ["x.example"], "siteId": "1"}});
    assert_eq!(one(Adapter::Webflow, &body).meant, Meant::Nothing("other_event"));
}

#[test]
fn the_number_that_a_host_calls_is_the_invitees() {
    let phone = |location: Value| {
        let body = json!({"event": "invitee.created", "payload": {"uri": "i", "name": "A B", "email": "a@b.example",
            "scheduled_event": {"name": "Demo", "location": location}}});
        lead_of(&one(Adapter::Calendly, &body)).profile.phone
    };
    assert_eq!(phone(json!({"type": "outbound_call", "location": "+1 415-555-2671"})).as_deref(), Some("+14155552671"));
    assert_eq!(phone(json!({"type": "inbound_call", "location": "+1 415-555-2671"})), None);
    assert_eq!(phone(json!({"type": "outbound_call", "location": "our office"})), None);
}

#[test]
fn what_a_hubspot_ticket_says_is_a_message() {
    let ticket = |prefix: &str, id: Value| {
        let part =
            |name: &str, said: &str| json!({"objectTypeId": id, "name": format!("{prefix}{name}"), "value": said});
        let fields =
            [json!({"name": "email", "value": "a@b.example"}), part("subject", "Broken"), part("content", "It broke")];
        lead_of(&one(Adapter::HubspotForms, &json!({"fields": fields}))).profile.notes
    };
    for (prefix, id) in [("", json!("0-5")), ("TICKET.", json!(null)), ("0-5/", json!(null))] {
        assert_eq!(ticket(prefix, id).as_deref(), Some("Broken\nIt broke"), "{prefix}");
    }
}

#[test]
fn hubspot_pages_tell_where_they_are() {
    let context = json!({"hutk": "abc", "pageUrl": "https://hs.example/?utm_source=x&gclid=G", "pageName": "P"});
    let delivery = one(Adapter::HubspotForms, &json!({"email": "a@b.example", "hs_context": context.to_string()}));
    assert_eq!((&delivery.origin["hutk"], &delivery.origin["page_name"]), (&json!("abc"), &json!("P")));
    let parsed = lead_of(&delivery);
    assert!(parsed.unknown.is_empty(), "{:?}", parsed.unknown);
    let touch = parsed.profile.last_touch.unwrap();
    assert_eq!(touch.landing_page.as_deref(), Some("https://hs.example/?utm_source=x&gclid=G"));
}

#[test]
fn parts_of_jotform_answers_come_in_brackets_too() {
    let body = |phone: Value| {
        let mut body = json!({"formID": "1", "submissionID": "9", "q3_name[first]": "Url", "q3_name[last]": "Two", "q4_email": "a@b.example",
            "q7_when[year]": "2026", "q7_when[month]": "3", "q7_when[day]": "1"});
        body.as_object_mut().unwrap().extend(phone.as_object().unwrap().clone());
        body
    };
    for phone in [
        json!({"q5_phoneNumber[full]": "(415) 555-2671"}),
        json!({"q6_phoneNumber6[area]": "415", "q6_phoneNumber6[phone]": "5552671"}),
    ] {
        let parsed = lead_of(&one(Adapter::Jotform, &body(phone.clone())));
        assert_eq!(person(&parsed)[..3], ["Url Two", "a@b.example", "+14155552671"], "{phone}");
        assert_eq!(parsed.unknown["when"], "2026-03-01");
    }
}
