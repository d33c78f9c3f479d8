#![allow(clippy::unwrap_used)]
use serde_json::{Value, json};

use super::Input;
use crate::{
    capture::{FormSettings, Protection},
    leads::Target,
};

fn read(mapping: &[(&str, &str)], posted: Value) -> Vec<Input> {
    let settings = FormSettings {
        field_mapping: mapping.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect(),
        protection: Protection { honeypot_field: Some("website2".into()), ..Protection::default() },
        ..FormSettings::default()
    };
    settings.inputs(posted.as_object().cloned().unwrap(), &[]).0
}

fn field(inputs: &[Input], name: &'static str) -> Option<Value> {
    let found = inputs.iter().find(|input| input.target == Some(Target::Field(name)));
    found.map(|input| input.value.clone())
}

#[test]
fn mapped_inputs_fill_their_fields_and_win() {
    let posted = json!({"email": "old@example.com", "q1": "new@example.com", "q2": "other@example.com"});
    let inputs = read(&[("q1", "email"), ("q2", "email")], posted);
    let names: Vec<&str> = inputs.iter().map(|input| input.name.as_str()).collect();
    assert_eq!((names, inputs[0].value.as_str()), (vec!["email", "q2", "email"], Some("new@example.com")));
    let listed = read(&[("topics", "product_interests")], json!({"topics[]": ["crm"]}));
    assert_eq!(field(&listed, "product_interests"), Some(json!(["crm"])));
}

#[test]
fn nested_members_are_named_with_dots_or_pointed_at() {
    let posted = json!({
        "contact": {"email": "jane@example.com", "name": {"first": "Jane", "last": "Doe"}, "kind": "x"},
        "company": {"name": "Acme", "size": 12}, "product": {"name": "Engine", "id": 7},
        "answers": [{"label": "Role", "value": "CEO"}, {"label": "City", "value": "Rome"}],
        "page": {"url": "https://example.com/?a"}, "utm": {"source": "google"}, "custom": {"seats": 3},
    });
    let plain = read(&[], posted.clone());
    let found = ["email", "first_name", "last_name", "company_name", "company_size", "contact_name", "website"];
    let found = found.map(|name| field(&plain, name).unwrap_or_default());
    assert_eq!(json!(found), json!(["jane@example.com", "Jane", "Doe", "Acme", 12, null, null]));
    let target = |name: &str| plain.iter().find(|input| input.name == name).unwrap().target.clone();
    assert_eq!(target("utm.source"), Some(Target::Touch("utm_source")));
    assert_eq!(target("page.url"), Some(Target::Touch("landing_page")));
    assert_eq!((target("product.name"), target("product.id"), target("contact.kind")), (None, None, None));
    assert_eq!(target("custom"), Some(Target::Field("custom")));

    let mapping = [("/answers/0/value", "job_title"), ("answers.1.value", "city"), ("contact.kind", "notes")];
    let mapped = read(&mapping, posted);
    let found = ["job_title", "city", "notes"].map(|name| field(&mapped, name).unwrap_or_default());
    assert_eq!(json!(found), json!(["CEO", "Rome", "x"]));
    assert!(!mapped.iter().any(|input| input.name == "answers.0.value"), "what was pointed at is read once");
}

#[test]
fn how_to_reach_somebody_else_does_not_reach_the_lead() {
    for whose in ["manager", "account_manager", "owner", "assignedRep", "referrer", "contact.owner"] {
        let member = whose.split('.').rev().fold(
            json!({"email": "rep@example.com", "phone": "1", "first_name": "Rep"}),
            |inner, name| json!({name: inner}),
        );
        let posted = read(&[], member);
        assert!(posted.iter().all(|input| input.target.is_none()), "{whose}: {posted:?}");
    }
    let mapped = read(&[("manager.email", "email")], json!({"manager": {"email": "rep@example.com"}}));
    assert_eq!(field(&mapped, "email"), Some(json!("rep@example.com")));
}

#[test]
fn the_world_says_who_it_is_and_nothing_else() {
    let posted = json!({
        "source": "referral", "priority": "critical", "tags": "vip", "owner": "x@example.com", "status": "qualified",
        "lead_id": "7", "external_ids.crm": "9", "last_touch": {"utm_source": "x"}, "city": "Rome", "website2": "spam",
        "form_token": "t", "cf-turnstile-response": "t", "created_at": "2001-01-01", "next_action": {"text": "x"},
    });
    let understood = |inputs: &[Input]| -> Vec<String> {
        inputs.iter().filter(|input| input.target.is_some()).map(|input| input.name.clone()).collect()
    };
    let inputs = read(&[], posted.clone());
    assert_eq!(understood(&inputs), ["city"]);
    assert!(!inputs.iter().any(|input| input.name == "website2" || input.name.contains("token")));
    let mapping = [("source", "source"), ("tags", "tags"), ("priority", "priority"), ("lead_id", "external_ids.crm")];
    let inputs = read(&mapping, posted);
    assert_eq!(understood(&inputs), ["source", "priority", "tags", "external_ids.crm", "city"]);
}
