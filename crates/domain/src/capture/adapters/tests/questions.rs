//! Questions and sentences, as people who make forms write them.

use serde_json::json;

use super::*;
use crate::{
    leads::{
        CustomFieldKind,
        parts::{Channel, ConsentState},
    },
    text::fold_label,
};

#[test]
fn keys_that_are_questions_are_understood() {
    let body = json!({"id": "1", "field_data": [
        {"name": "full_name", "values": ["João Silva"]},
        {"name": "email", "values": ["joao@example.com"]},
        {"name": "what_is_your_company?", "values": ["Acme"]},
        {"name": "what_is_your_job_title?", "values": ["CTO"]},
        {"name": "estado", "values": ["SP"]},
        {"name": "your_friend's_email", "values": ["friend@example.com"]},
    ]});
    let lead = lead_of(&one(Adapter::MetaLeadAds, &body));
    assert_eq!(person(&lead), ["João Silva", "joao@example.com", "", "Acme"]);
    let profile = &lead.profile;
    assert_eq!((profile.job_title.as_deref(), profile.region.as_deref()), (Some("CTO"), Some("SP")));
    assert_eq!(lead.unknown["your_friend's_email"], "friend@example.com");
}

#[test]
fn questions_and_sentences_of_consent_are_understood() {
    let ask = |title: &str, kind: &str| json!({"id": fold_label(title), "ref": "r", "title": title, "type": kind});
    let titles = [
        ("Email", "email"),
        ("Hi, what's your name?", "short_text"),
        ("Which company do you work for?", "short_text"),
        ("Anything else you'd like to tell us?", "long_text"),
        ("How many employees do you have?", "short_text"),
        ("I agree to receive marketing emails", "legal"),
        ("What is your budget?", "short_text"),
    ];
    let fields: Vec<Value> = titles.iter().map(|(title, kind)| ask(title, kind)).collect();
    let said = ["al@example.com", "Al Bo", "Acme", "We need help", "11-50", "", "Some"];
    let answers: Vec<Value> = (0..titles.len())
        .map(|at| match titles[at].1 {
            "email" => json!({"type": "email", "email": said[at], "field": fields[at]}),
            "legal" => json!({"type": "boolean", "boolean": true, "field": fields[at]}),
            _ => json!({"type": "text", "text": said[at], "field": fields[at]}),
        })
        .collect();
    let body = json!({"event_type": "form_response", "form_response":
        {"token": "t", "definition": {"fields": fields}, "answers": answers}});
    let delivery = one(Adapter::Typeform, &body);
    let budget = CustomFieldDef {
        id: crate::ids::Id::from_uuid(uuid::Uuid::nil()),
        version: 1,
        key: "budget".into(),
        label: "Budget".into(),
        kind: CustomFieldKind::Text,
        required: false,
        default: None,
        options: Vec::new(),
        indexed: false,
        active: true,
    };
    let lead = lead_by(&delivery, &FormSettings::default(), &[budget]);
    assert_eq!(person(&lead), ["Al Bo", "al@example.com", "", "Acme"]);
    let profile = &lead.profile;
    assert_eq!((profile.notes.as_deref(), profile.custom["budget"].as_str()), (Some("We need help"), Some("Some")));
    assert!(profile.company_size.is_some());
    assert_eq!(profile.consent[&Channel::Email].state, ConsentState::Granted);
}

#[test]
fn answers_of_one_name_are_numbered_and_none_is_lost() {
    let fields = |names: &[&str]| {
        let mut delivery = Delivery::default();
        for (at, name) in names.iter().enumerate() {
            delivery.answer([*name], None, &json!(format!("said {at}")));
        }
        delivery.fields(&FormSettings::default(), &[])
    };
    let many = fields(&["Seat"; 300]);
    assert_eq!(
        (&many["Seat"], &many["Seat 2"], &many["Seat 300"]),
        (&json!("said 0"), &json!("said 1"), &json!("said 299"))
    );
    assert_eq!(many.len(), 300);
    // Where a form itself has numbers, there are holes.
    for (own, next) in [
        (&["Seat"][..], "Seat 2"),
        (&["Seat", "Seat 2"], "Seat 3"),
        (&["Seat", "Seat 2", "Seat 4"], "Seat 5"),
        (&["Seat", "Seat 2", "Seat 4", "Seat 6", "Seat 8"], "Seat 9"),
        (&["Seat", "Seat 3", "Seat 4"], "Seat 2"),
    ] {
        let mut names = own.to_vec();
        names.extend(["Seat"; 20]);
        let found = fields(&names);
        assert_eq!(found[next], json!(format!("said {}", own.len())), "{own:?}");
        let mut said: Vec<&str> = found.values().filter_map(Value::as_str).collect();
        said.sort_unstable();
        said.dedup();
        assert_eq!((found.len(), said.len()), (names.len(), names.len()), "{own:?}");
    }
}
