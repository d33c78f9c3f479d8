#![allow(clippy::unwrap_used)]
use serde_json::{Value, json};

use super::Input;
use crate::{
    capture::{FormSettings, Protection},
    leads::{Target, parts::Channel},
};

pub(super) fn read(mapping: &[(&str, &str)], posted: Value) -> Vec<Input> {
    let settings = FormSettings {
        field_mapping: mapping.iter().map(|(from, to)| ((*from).to_owned(), (*to).to_owned())).collect(),
        protection: Protection { honeypot_field: Some("website2".into()), ..Protection::default() },
        ..FormSettings::default()
    };
    settings.inputs(posted.as_object().cloned().unwrap(), &[]).0
}

pub(super) fn field(inputs: &[Input], name: &'static str) -> Option<Value> {
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

/// What the inputs fill, by field, as far as they are asked for.
pub(super) fn fields(posted: Value, names: &[&'static str]) -> Vec<Value> {
    let inputs = read(&[], posted);
    names.iter().map(|name| field(&inputs, name).unwrap_or_default()).collect()
}

#[test]
fn the_name_of_a_form_or_a_record_is_nobodys() {
    let names = ["contact_name", "first_name", "job_title"];
    for (posted, expected) in [
        (
            json!({"form": {"id": "t", "name": "Contact"}, "fields": {"name": "Jo B", "name.first": "Jo"}}),
            json!(["Jo B", "Jo", null]),
        ),
        (json!({"Form": {"Id": "1", "Name": "Contact"}, "Name": {"First": "Cog"}}), json!([null, "Cog", null])),
        (
            json!({"submission": {"id": 1, "title": "2026-11-20", "yourName": {"firstName": "Jo"}, "email": "a@b.example"}}),
            json!([null, "Jo", null]),
        ),
        (
            json!({"payload": {"name": "Contact", "title": "Lead", "data": {"email": "a@b.example"}}}),
            json!([null, null, null]),
        ),
        (json!({"payload": {"name": "Jo B", "title": "CEO", "phone": "1"}}), json!(["Jo B", null, "CEO"])),
        (json!({"entry": {"title": "Entry 5"}, "record": {"name": "leads"}}), json!([null, null, null])),
        (
            json!({"form[name]": "Contact", "form[title]": "x", "fields[email]": "a@b.example"}),
            json!([null, null, null]),
        ),
        (json!({"form[name]": "Jo B", "form[email]": "a@b.example"}), json!(["Jo B", null, null])),
        (
            json!({"form_name": "Contact", "title": "Jo B", "created_at": "2019", "name": "Jo B"}),
            json!(["Jo B", null, null]),
        ),
        (
            json!({"client": {"id": 3, "name": "Agency"}, "sender": {"name": "Shop"}, "name": "Jo B"}),
            json!(["Jo B", null, null]),
        ),
        (json!({"form_id": "7", "title": "CEO", "name": "Jo B"}), json!(["Jo B", null, "CEO"])),
    ] {
        assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
    }
    for wrapper in ["namedValues", "record", "entry", "client", "sender"] {
        let posted = json!({wrapper: {"name": "Jo B", "email": "a@b.example"}});
        assert_eq!(fields(posted, &["contact_name", "email"]), [json!("Jo B"), json!("a@b.example")], "{wrapper}");
    }
}

#[test]
fn sites_and_offices_of_others_are_not_the_leads() {
    let form = json!({"form": {"url": "https://x.example/contact", "description": "Our form"}, "email": "a@b.example"});
    assert_eq!(fields(form, &["website", "notes"]), [Value::Null, Value::Null]);
    let names = ["website", "city", "region", "country"];
    let location = json!({"name": "Agency", "city": "Austin", "state": "TX", "country": "US", "id": "loc"});
    let posted = json!({"form_name": "Contact", "site_url": "https://x.example", "location": location});
    assert_eq!(json!(fields(posted, &names)), json!([null, null, null, null]));
    let posted = json!({"location": {"city": "Austin", "state": "TX"}});
    assert_eq!(json!(fields(posted, &names)), json!([null, "Austin", "TX", null]));
}

#[test]
fn an_input_that_comes_as_an_object_is_one() {
    let names = ["contact_name", "email", "phone", "job_title", "company_name"];
    let expected = json!(["Maria Souza", "m@p.example", "+14155552671", null, null]);
    for posted in [
        json!({"form": {"id": "1", "name": "Contact"}, "fields": {
            "name": {"id": "name", "type": "text", "title": "Name", "value": "Maria Souza", "raw_value": "x", "required": "1"},
            "email": {"id": "email", "type": "email", "title": "Email", "value": "m@p.example"},
            "field_1a": {"id": "field_1a", "type": "tel", "title": "Phone", "value": "+14155552671"}}}),
        json!({"form[id]": "c1", "form[name]": "Checkout", "fields[name][id]": "name", "fields[name][title]": "Nome",
            "fields[name][value]": "Maria Souza", "fields[email][id]": "email", "fields[email][value]": "m@p.example",
            "fields[phone][value]": "+14155552671"}),
        json!({"fields": {"1": {"name": "Name", "value": "Maria Souza", "id": 1, "type": "name", "first": "Maria", "middle": "", "last": "Souza"},
            "2": {"name": "Email", "value": "m@p.example", "id": 2}, "3": {"name": "Phone", "value": "+14155552671", "id": 3}}}),
        json!({"data": {"formName": "Contact", "submissions": [{"label": "Full name", "value": "Maria Souza"},
            {"label": "Email", "value": "m@p.example"}, {"label": "Phone", "value": "+14155552671"}]}}),
        json!([{"question": "Name", "answer": "Maria Souza"}, {"question": "E-mail", "answer": "m@p.example"},
            {"question": "Telefon", "answer": "+14155552671"}]),
        json!([{"title": "Name", "custom_key": "name", "value": "Maria Souza"}, {"title": "x", "custom_key": "email", "value": "m@p.example"},
            {"title": "Phone", "custom_key": null, "value": "+14155552671"}]),
        json!({"fields": {"name": {"value": "Maria Souza"}, "email": {"value": "m@p.example"}, "phone": {"value": "+14155552671"}}}),
    ] {
        let posted = if posted.is_array() { json!({"list": posted}) } else { posted };
        assert_eq!(json!(fields(posted.clone(), &names)), expected, "{posted}");
    }
    let inputs = read(
        &[("How many looms?", "company_size")],
        json!({"answers": [{"label": "How many looms?", "value": "7"}, {"label": "Cats?", "value": "2"}]}),
    );
    assert_eq!(field(&inputs, "company_size"), Some(json!("7")));
    let unread: Vec<&str> =
        inputs.iter().filter(|input| input.target.is_none()).map(|input| input.name.as_str()).collect();
    assert_eq!(unread, ["Cats?"]);
}

#[test]
fn what_only_looks_like_an_input_is_none() {
    for posted in [
        json!({"company": {"name": "Acme", "value": 1000}, "product": {"name": "Email", "value": "x", "options": [{"a": 1}]}}),
        json!({"company": {"label": "Acme", "value": "c-17"}, "topics": [{"label": "Company", "value": "company"}]}),
        json!({"manager": {"fields": [{"label": "Email", "value": "rep@example.com"}, {"label": "Name", "value": "Rep"}]}}),
        json!({"meta": [{"key": "name", "value": "Contact form"}, {"key": "title", "value": "x"}]}),
    ] {
        let found = fields(posted.clone(), &["contact_name", "email"]);
        assert_eq!(found, [Value::Null, Value::Null], "{posted}");
        let company = fields(posted, &["company_name"]).remove(0);
        assert!(company.is_null() || company == "Acme", "{company}");
    }
}

#[test]
fn names_without_end_are_not_taken_apart() {
    let long = format!("{}value", "a.".repeat(100_000));
    let posted = json!({long.as_str(): "x", "custom.key": "a", "custom.value": "b", "email": "a@b.example"});
    let inputs = read(&[], posted);
    assert_eq!((inputs.len(), field(&inputs, "email")), (4, Some(json!("a@b.example"))));
}

#[test]
fn parts_in_lines_are_taken_apart() {
    let posted = json!({"Name": "first = John\nlast = Smith", "Address": "address = 1 Main St\r\ncity = Springfield\nstate = IL\nzip = 62701",
        "message": "width = 5\nheight = 3"});
    let names = ["contact_name", "first_name", "last_name", "city", "region", "postal_code", "notes"];
    let expected = json!([null, "John", "Smith", "Springfield", "IL", "62701", "width = 5\nheight = 3"]);
    assert_eq!(json!(fields(posted, &names)), expected);
}

#[test]
fn macros_that_nobody_filled_in_are_no_origin() {
    for nothing in
        ["undefined", "null", "None", "NaN", "(not set)", "{keyword}", "{{placement}}", "%%site%%", "${x}", "[ad]"]
    {
        let posted = json!({"utm_source": nothing, "utm_term": nothing, "gclid": nothing, "landing_page": nothing, "referrer": nothing});
        assert!(read(&[], posted).iter().all(|input| input.target.is_none()), "{nothing}");
        let mapped = read(&[("src", "utm_source")], json!({"src": nothing}));
        assert_eq!(mapped[0].target, None, "{nothing}");
    }
    for (name, said) in [("utm_term", "null and void"), ("utm_campaign", "spring {2026}"), ("utm_source", "Nanny")] {
        assert!(read(&[], json!({name: said}))[0].target.is_some(), "{said}");
    }
    assert_eq!(field(&read(&[], json!({"notes": "none"})), "notes"), Some(json!("none")));
}

#[test]
fn a_subject_and_a_message_are_both_kept() {
    let notes = |mapping: &[(&str, &str)], posted: Value| field(&read(mapping, posted), "notes");
    let posted = json!({"your-subject": "Quote", "your-message": "40 chairs", "comments": "Quote", "notes": " "});
    assert_eq!(notes(&[], posted.clone()), Some(json!("Quote\n40 chairs")));
    assert_eq!(notes(&[("your-message", "notes")], posted), Some(json!("40 chairs")));
}

#[test]
fn a_tick_that_names_no_channel_is_no_consent() {
    let settings = FormSettings::default();
    let told = |said: Value| {
        let (inputs, warnings) = settings.inputs(json!({"consent": said}).as_object().cloned().unwrap(), &[]);
        (inputs[0].target.is_some(), warnings.first().map(|fault| fault.code.to_string()))
    };
    let asked = Some("which_channel".to_owned());
    for ticked in [json!("on"), json!(true), json!("1")] {
        assert_eq!(told(ticked), (false, asked.clone()));
    }
    for nothing in [json!("off"), json!(false), json!(""), json!(null)] {
        assert_eq!(told(nothing), (false, None));
    }
    assert_eq!(told(json!({"email": {"state": "granted"}})), (true, None));
    let mapped = read(&[("consent", "email_consent")], json!({"consent": "on"}));
    assert_eq!(mapped[0].target, Some(Target::Consent(Channel::Email, true)));
}

#[test]
fn a_state_is_a_place_and_the_address_for_answers_counts_last() {
    let inputs = read(&[], json!({"_replyto": "other@example.com", "email": "jane@example.com", "estado": "SP"}));
    assert_eq!(
        (field(&inputs, "email"), field(&inputs, "region")),
        (Some(json!("jane@example.com")), Some(json!("SP")))
    );
    let alone = read(&[], json!({"_replyto": "jane@example.com", "address": {"estado": "SP"}, "status": "won"}));
    assert_eq!((field(&alone, "email"), field(&alone, "region")), (Some(json!("jane@example.com")), Some(json!("SP"))));
    assert!(alone.iter().all(|input| input.target != Some(Target::Status)));
}
