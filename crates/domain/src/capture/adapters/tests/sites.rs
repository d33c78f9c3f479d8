//! What web sites, CRMs and anybody else send.

use serde_json::{Value, json};

use super::{Adapter, deliveries, lead_by, lead_of, one, person};
use crate::{
    capture::{
        FormSettings,
        adapters::{AdapterSettings, GenericMapping, Meant, read},
    },
    leads::parts::{Channel, ConsentState},
};

#[test]
fn a_hubspot_submission_brings_person_company_page_and_consent() {
    let body = json!({
        "submittedAt": "1767225600000",
        "fields": [
            {"objectTypeId": "0-1", "name": "email", "value": "ada@engines.example"},
            {"objectTypeId": "0-1", "name": "firstname", "value": "Ada"}, {"name": "lastname", "value": "Lovelace"},
            {"objectTypeId": "0-2", "name": "name", "value": "Engines Ltd"}, {"objectTypeId": "0-2", "name": "domain", "value": "engines.example"},
            {"objectTypeId": "0-2", "name": "phone", "value": "+14155552672"}, {"name": "phone", "value": "+14155552671"},
            {"name": "looms__c", "value": ""},
        ],
        "context": {"hutk": "abc", "pageUri": "https://www.example.com/p", "pageName": "Looms", "ipAddress": "192.0.2.1"},
        "legalConsentOptions": {"consent": {"consentToProcess": true, "text": "ok", "communications": [
            {"value": false, "subscriptionTypeId": 1, "text": "no"}, {"value": true, "subscriptionTypeId": 2, "text": "Yes, write to me."},
        ]}},
    });
    let delivery = one(Adapter::HubspotForms, &body);
    let parsed = lead_of(&delivery);
    assert_eq!(person(&parsed), ["Ada Lovelace", "ada@engines.example", "+14155552671", "Engines Ltd"]);
    let consent = &parsed.profile.consent[&Channel::Email];
    assert_eq!((consent.state, consent.how.as_deref()), (ConsentState::Granted, Some("Yes, write to me.")));
    assert_eq!(parsed.profile.last_touch.unwrap().landing_page.as_deref(), Some("https://www.example.com/p"));
    assert_eq!(delivery.occurred_at.unwrap().to_rfc3339(), "2026-01-01T00:00:00+00:00");
}

#[test]
fn a_hubspot_contact_is_read_wrapped_and_bare() {
    let wrapped = json!({"vid": 101, "canonical-vid": 101, "properties": {
        "email": {"value": "ada@engines.example", "versions": []}, "firstname": {"value": "Ada"}, "lastname": {"value": "Lovelace"},
        "company": {"value": "Engines Ltd"}, "phone": {"value": ""},
    }, "form-submissions": [
        {"conversion-id": "c1", "timestamp": 1_767_225_500_000_u64, "form-id": "f"},
        {"conversion-id": "c2", "timestamp": 1_767_225_600_000_u64, "form-id": "f", "page-url": "https://www.example.com/p"},
    ]});
    let delivery = one(Adapter::HubspotForms, &wrapped);
    assert_eq!(person(&lead_of(&delivery)), ["Ada Lovelace", "ada@engines.example", "", "Engines Ltd"]);
    assert_eq!(delivery.delivery_id.as_deref(), Some("c2"));
    let bare = json!([{"id": "1", "properties": {"email": "a@b.example"}}, {"id": "2", "properties": {"email": "c@d.example"}}]);
    let found = deliveries(Adapter::HubspotForms, &bare);
    let addresses: Vec<_> = found.iter().map(|delivery| lead_of(delivery).profile.email.unwrap()).collect();
    assert_eq!(addresses, ["a@b.example", "c@d.example"]);
}

#[test]
fn what_only_steers_salesforce_is_no_answer() {
    let body = json!({
        "oid": "00D1", "retURL": "https://evil.example/", "debug": "1", "debugEmail": "dev@example.com", "encoding": "UTF-8",
        "first_name": "Ada", "last_name": "Lovelace", "email": "ada@engines.example", "company": "Engines Ltd", "title": "Countess",
        "phone": "415 555 2671", "mobile": "415 555 2672", "lead_source": "Web", "Campaign_ID": "701", "00N5e00000ABCDE": "12", "submit": "Submit",
        "emailOptOut": "1",
    });
    let delivery = one(Adapter::SalesforceWebToLead, &body);
    let adapter = AdapterSettings { kind: Adapter::SalesforceWebToLead, ..AdapterSettings::default() };
    let parsed = lead_by(&delivery, &FormSettings { adapter, ..FormSettings::default() }.of_adapter(), &[]);
    assert_eq!(person(&parsed), ["Ada Lovelace", "ada@engines.example", "+14155552671", "Engines Ltd"]);
    assert_eq!(
        (parsed.command.source.as_deref(), parsed.profile.job_title.as_deref()),
        (Some("Web"), Some("Countess"))
    );
    assert_eq!(parsed.profile.consent[&Channel::Email].state, ConsentState::Withdrawn);
    let kept: Vec<&String> = parsed.unknown.keys().collect();
    assert_eq!(kept, ["mobile", "00N5e00000ABCDE"]);
    assert_eq!(delivery.origin["campaign_id"], "701");
}

#[test]
fn salesforce_asks_for_the_currency_of_the_revenue_beside_it() {
    let revenue = |revenue: &str, currency: &str| {
        let body = json!({"oid": "00D1", "last_name": "Doe", "revenue": revenue, "currency": currency});
        let parsed = lead_of(&one(Adapter::SalesforceWebToLead, &body));
        let revenue = parsed.profile.annual_revenue.map(|money| (money.amount, money.currency.to_string()));
        (revenue, parsed.unknown.contains_key("currency"))
    };
    let of = |currency: &str| Some((100_000_000, currency.to_owned()));
    assert_eq!(revenue("1000000", "EUR"), (of("EUR"), false));
    assert_eq!(revenue("1000000", "--None--"), (of("USD"), true));
    assert_eq!(revenue("1000000 CHF", "EUR"), (of("CHF"), true));
    assert_eq!(revenue("", "EUR").0, None);
}

#[test]
fn contact_form_7_speaks_of_itself_in_between() {
    let body = json!({
        "_wpcf7": "516", "_wpcf7_version": "5.9.8", "_wpcf7_locale": "pt_BR", "_wpcf7_posted_data_hash": "", "_wpcf7_recaptcha_response": "x",
        "your-name": "Ada Lovelace", "your-email": "ada@engines.example", "your-subject": "Pricing", "your-message": "Hello\nWorld", "your-topics[]": ["a", "b"],
    });
    let parsed = lead_of(&one(Adapter::ContactForm7, &body));
    assert_eq!(person(&parsed)[..2], ["Ada Lovelace", "ada@engines.example"]);
    assert_eq!(
        (parsed.profile.notes.as_deref(), parsed.profile.language.as_deref()),
        (Some("Pricing\nHello\nWorld"), Some("pt-BR"))
    );
    assert_eq!(parsed.unknown.keys().collect::<Vec<_>>(), ["your-topics"]);
}

fn mapping() -> GenericMapping {
    let to = |pointers: &[&str]| pointers.iter().map(ToString::to_string).collect();
    GenericMapping {
        fields: [
            ("email".to_owned(), to(&["/contact/mails/0", "/contact/mail"])),
            ("contact_name".to_owned(), to(&["/contact/name"])),
            ("utm_campaign".to_owned(), to(&["#/campaign~1name"])),
        ]
        .into(),
        constants: [("utm_source".to_owned(), "partner".to_owned())].into(),
        list: Some("/leads".to_owned()),
        delivery_id: Some("/id".to_owned()),
        test: Some("/sandbox".to_owned()),
        occurred_at: Some("/when".to_owned()),
    }
}

#[test]
fn anything_is_read_by_pointers() {
    let body = json!({"campaign/name": "Spring", "leads": [
        {"id": 18_446_744_073_709_551_615_u64, "when": 1_767_225_600, "contact": {"name": "Ada Lovelace", "mails": ["ada@engines.example"]}},
        {"id": "2", "sandbox": "yes", "contact": {"mail": "grace@navy.example"}},
        "nonsense",
    ]});
    let found = read(Adapter::Generic, &body, &mapping()).unwrap();
    assert_eq!(found.len(), 3);
    let parsed = lead_of(&found[0]);
    assert_eq!(person(&parsed), ["Ada Lovelace", "ada@engines.example", "", ""]);
    let touch = parsed.profile.last_touch.unwrap();
    assert_eq!((touch.utm_source.as_deref(), touch.utm_campaign.as_deref()), (Some("partner"), Some("Spring")));
    assert_eq!(found[0].delivery_id.as_deref(), Some("18446744073709551615"));
    assert_eq!((&found[1].meant, person(&lead_of(&found[1]))[1]), (&Meant::Test, "grace@navy.example"));
    for delivery in &found {
        let again = read(Adapter::Generic, delivery.part.as_ref().unwrap(), &mapping()).unwrap();
        assert_eq!(
            (again.len(), &again[0].answers, &again[0].delivery_id),
            (1, &delivery.answers, &delivery.delivery_id)
        );
    }
    assert!(read(Adapter::Generic, &json!({"leads": 1}), &mapping()).is_err());
    assert!(read(Adapter::Generic, &json!({"lead": []}), &mapping()).is_err());
    for none in [json!({"leads": []}), json!({"leads": null})] {
        let found = read(Adapter::Generic, &none, &mapping()).unwrap();
        assert_eq!(found.iter().map(|one| &one.meant).collect::<Vec<_>>(), [&Meant::Nothing("empty")], "{none}");
    }
}

#[test]
fn placeholders_and_what_is_no_address_do_not_stop_the_search() {
    let to = |pointers: &[&str]| pointers.iter().map(ToString::to_string).collect();
    let fields = [("email", ["/a", "/b"]), ("contact_name", ["/x", "/y"]), ("phone", ["/p", "/q"])];
    let mapping = GenericMapping {
        fields: fields.iter().map(|(field, pointers)| ((*field).to_owned(), to(pointers))).collect(),
        ..GenericMapping::default()
    };
    let said = |body: Value| person(&lead_of(&read(Adapter::Generic, &body, &mapping).unwrap()[0])).map(str::to_owned);
    let right = ["Ada Lovelace", "ada@engines.example", "+14155552671", ""];
    for nothing in ["[object Object]", "undefined", "{{contact.value}}", " "] {
        let body = json!({
            "a": nothing, "b": "ada@engines.example", "x": nothing, "y": "Ada Lovelace", "p": nothing, "q": "415 555 2671",
        });
        assert_eq!(said(body), right, "{nothing}");
    }
    let none =
        json!({"a": "none given", "b": "ada@engines.example", "y": "Ada Lovelace", "p": "n/a", "q": "415 555 2671"});
    assert_eq!(said(none), right);
    let first = json!({
        "a": "Ada <ada@engines.example>", "b": "b@b.example", "x": "Ada Lovelace", "y": "B", "p": "(415) 555-2671", "q": "1",
    });
    assert_eq!(said(first), right);
    let faulty = read(Adapter::Generic, &json!({"a": "nobody", "x": "Ada"}), &mapping).unwrap();
    assert_eq!(faulty[0].answers.iter().find(|one| one.names[0] == "email").unwrap().value, "nobody");
}

#[test]
fn a_body_that_was_wrapped_on_its_way_is_unwrapped() {
    let body: Value = json!([{"headers": {}, "body": {"data": {"email": "a@b.example", "name": "Ada"}, "_id": "1"}}]);
    assert_eq!(lead_of(&one(Adapter::Webflow, &body)).profile.email.as_deref(), Some("a@b.example"));
    let fault = read(Adapter::Webflow, &json!({"email": "a@b.example"}), &GenericMapping::default()).unwrap_err();
    assert!(fault.detail.contains("payload.data"), "{fault:?}");
    assert!(FormSettings::default().field_mapping.is_empty());
}
