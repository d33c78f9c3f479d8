//! What advertising networks send.

use serde_json::{Value, json};

use super::{Adapter, deliveries, lead_by, lead_of, one, person};
use crate::{
    capture::{
        FormSettings,
        adapters::{Meant, google_keys, sent_by},
    },
    leads::{CustomFieldDef, CustomFieldKind},
    sample::id,
};

fn google(more: Value) -> Value {
    let mut body = json!({
        "lead_id": "CjwK-1", "form_id": 40000000001_u64, "campaign_id": 30000000002_u64, "adgroup_id": 20000000003_u64,
        "creative_id": 10000000004_u64, "gcl_id": "EAIaIQ", "google_key": "s3cret", "api_version": "1.0", "is_test": false,
        "user_column_data": [
            {"column_id": "FULL_NAME", "column_name": "Full name", "string_value": "Ada Lovelace"},
            {"column_id": "WORK_EMAIL", "column_name": "Work email", "string_value": "ada@engines.example"},
            {"column_id": "PHONE_NUMBER", "column_name": "User phone", "string_value": "+14155552671"},
            {"column_id": "COMPANY_NAME", "column_name": "Company name", "string_value": "Engines Ltd"},
            {"column_name": "How many looms do you have?", "string_value": "12"},
        ],
    });
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    body
}

#[test]
fn a_google_lead_has_its_person_its_click_and_its_questions() {
    let delivery = one(Adapter::GoogleAds, &google(json!({"some_new_field": {"a": 1}})));
    assert_eq!((&delivery.meant, delivery.delivery_id.as_deref()), (&Meant::Lead, Some("CjwK-1")));
    let parsed = lead_of(&delivery);
    assert_eq!(person(&parsed), ["Ada Lovelace", "ada@engines.example", "+14155552671", "Engines Ltd"]);
    assert_eq!(parsed.unknown["How many looms do you have?"], "12");
    let touch = parsed.profile.last_touch.unwrap();
    assert_eq!(touch.click_ids["gclid"], "EAIaIQ");
    assert_eq!((touch.utm_source.as_deref(), touch.utm_campaign.as_deref()), (Some("google"), Some("30000000002")));
    assert_eq!(
        (&delivery.origin["form_id"], &delivery.origin["creative_id"]),
        (&json!("40000000001"), &json!("10000000004"))
    );
}

#[test]
fn a_question_fills_the_custom_field_of_its_label_or_what_the_form_maps_it_to() {
    let looms = a_field("looms", "How many looms do you have?");
    let delivery = one(Adapter::GoogleAds, &google(json!({})));
    let parsed = lead_by(&delivery, &FormSettings::default(), &[looms]);
    assert_eq!(parsed.profile.custom["looms"], "12");
    let mapping = [("how many LOOMS do you have?".to_owned(), "notes".to_owned())].into();
    let parsed = lead_by(&delivery, &FormSettings { field_mapping: mapping, ..FormSettings::default() }, &[]);
    assert_eq!(parsed.profile.notes.as_deref(), Some("12"));
}

fn a_field(key: &str, label: &str) -> CustomFieldDef {
    CustomFieldDef {
        id: id(1),
        version: 1,
        key: key.to_owned(),
        label: label.to_owned(),
        kind: CustomFieldKind::Text,
        required: false,
        default: None,
        options: vec![],
        indexed: false,
        active: true,
    }
}

#[test]
fn the_google_key_is_shown_for_checking_and_not_kept() {
    let body = google(json!({}));
    assert_eq!(google_keys(&body), [Some("s3cret".to_owned())]);
    assert_eq!(google_keys(&json!({"lead_id": "x"})), [None]);
    let kept = one(Adapter::GoogleAds, &body).part.unwrap();
    assert!(!kept.to_string().contains("s3cret"));
    assert_eq!(kept["lead_id"], "CjwK-1");
}

#[test]
fn tests_of_the_networks_are_known() {
    for flag in [json!(true), json!("true"), json!(1)] {
        assert_eq!(one(Adapter::GoogleAds, &google(json!({"is_test": flag}))).meant, Meant::Test);
    }
    let button = json!({"leadgen_id": "444444444444", "form_id": "444444444444"});
    assert_eq!(one(Adapter::MetaLeadAds, &webhook(&[button])).meant, Meant::Test);
    let dummy = json!([{"name": "full_name", "values": ["<test lead: dummy data for full_name>"]}]);
    assert_eq!(one(Adapter::MetaLeadAds, &json!({"id": "7", "field_data": dummy})).meant, Meant::Test);
    let response = json!({"id": "5-1", "testLead": true, "formResponse": {"answers": []}});
    assert_eq!(one(Adapter::LinkedinLeadGen, &response).meant, Meant::Test);
}

fn webhook(values: &[Value]) -> Value {
    let changes: Vec<Value> = values.iter().map(|value| json!({"field": "leadgen", "value": value})).collect();
    json!({"object": "page", "entry": [{"id": 153125381133_u64, "time": 1_767_225_600, "changes": changes}]})
}

#[test]
fn each_change_of_a_meta_webhook_is_a_delivery_of_its_own() {
    let inline = json!([
        {"name": "vollständiger_name", "values": ["Grace Hopper"]}, {"name": "E-MAIL", "values": ["grace@navy.example"]},
        {"name": "phone_number", "values": []}, {"name": "which_ship?", "values": ["Bonefish", "Nautilus"]},
    ]);
    let body = json!({"object": "page", "entry": [
        {"id": "1", "time": 1, "changes": [
            {"field": "leadgen", "value": {"leadgen_id": 12345678901234567_u64, "form_id": 9, "created_time": 1_767_225_600}},
            {"field": "feed", "value": {"item": "status"}},
        ]},
        {"id": "2", "changes": [
            {"field": "leadgen", "value": {"leadgen_id": "8", "field_data": inline, "platform": "ig", "campaign_name": "Spring"}},
        ]},
    ]});
    let found = deliveries(Adapter::MetaLeadAds, &body);
    let meant: Vec<&Meant> = found.iter().map(|delivery| &delivery.meant).collect();
    assert_eq!(meant, [&Meant::Ask("12345678901234567".into()), &Meant::Nothing("other_field"), &Meant::Lead]);
    assert_eq!(found[0].occurred_at.unwrap().to_rfc3339(), "2026-01-01T00:00:00+00:00");
    let parsed = lead_of(&found[2]);
    assert_eq!(person(&parsed), ["Grace Hopper", "grace@navy.example", "", ""]);
    assert_eq!(parsed.unknown["which_ship?"], json!(["Bonefish", "Nautilus"]));
    let touch = parsed.profile.last_touch.unwrap();
    assert_eq!((touch.utm_source.as_deref(), touch.utm_campaign.as_deref()), (Some("instagram"), Some("Spring")));
    for delivery in found {
        let part = delivery.part.clone().unwrap();
        let alone = one(Adapter::MetaLeadAds, &part);
        assert_eq!((alone.delivery_id, alone.answers), (delivery.delivery_id, delivery.answers), "{part}");
    }
}

#[test]
fn other_webhooks_of_meta_are_no_lead_ads() {
    let by = |body: &Value| sent_by(body.as_object().unwrap());
    assert_eq!(by(&webhook(&[json!({"leadgen_id": "1"})])), Some(Adapter::MetaLeadAds));
    let change = json!({"field": "messages", "value": {"messaging_product": "whatsapp", "messages": []}});
    let others = [
        json!({"object": "whatsapp_business_account", "entry": [{"id": "1", "changes": [change]}]}),
        json!({"object": "page", "entry": [{"id": "1", "messaging": [{"message": {"text": "Hi"}}]}]}),
        json!({"object": "x", "entry": {"changes": []}}),
    ];
    for other in others {
        assert_eq!(by(&other), None, "{other}");
    }
}

#[test]
fn one_bad_lead_of_a_list_does_not_stop_the_others() {
    let good = json!({"id": "1", "field_data": [{"name": "email", "values": ["a@b.example"]}]});
    let found = deliveries(Adapter::MetaLeadAds, &json!({"data": [good, {"nothing": 1}, 7]}));
    let faults: Vec<usize> = found.iter().map(|delivery| delivery.faults.len()).collect();
    assert_eq!(faults, [0, 1, 1]);
    assert_eq!(lead_of(&found[0]).profile.email.as_deref(), Some("a@b.example"));
}

#[test]
fn a_linkedin_response_is_read_with_the_questions_of_its_form() {
    let body = json!({
        "id": "8a1b-2", "submittedAt": 1_767_225_600_000_u64, "leadType": "SPONSORED", "testLead": false,
        "owner": {"sponsoredAccount": "urn:li:sponsoredAccount:5"},
        "leadMetadataInfo": {"sponsoredLeadMetadataInfo": {"campaign": {"id": "urn:li:sponsoredCampaign:7", "name": "Looms"}}},
        "formResponse": {
            "answers": [
                {"questionId": 1, "answerDetails": {"textQuestionAnswer": {"answer": "Ada"}}},
                {"questionId": 2, "answerDetails": {"textQuestionAnswer": {"answer": "Lovelace"}}},
                {"questionId": 3, "answerDetails": {"textQuestionAnswer": {"answer": "ada@engines.example"}}},
                {"questionId": 4, "answerDetails": {"multipleChoiceAnswer": {"options": [2]}}},
                {"questionId": 5, "answerDetails": {"textQuestionAnswer": {"answer": "asap"}}},
            ],
            "consentResponses": [{"consentId": 9, "accepted": true}],
        },
        "form": {
            "hiddenFields": [{"name": "utm_campaign", "value": "hidden"}],
            "content": {"questions": [
                {"questionId": 1, "predefinedField": "FIRST_NAME", "question": {"localized": {"en_US": "First name"}}},
                {"questionId": 2, "name": "lastName"},
                {"questionId": 3, "predefinedField": "EMAIL"},
                {"questionId": 4, "predefinedField": "JOB_TITLE", "questionDetails": {"multipleChoiceQuestionDetails": {"options": [
                    {"id": 1, "text": {"localized": {"en_US": "Weaver"}}}, {"id": 2, "text": {"localized": {"en_US": "Owner"}}},
                ]}}},
            ]},
        },
    });
    let delivery = one(Adapter::LinkedinLeadGen, &body);
    let parsed = lead_of(&delivery);
    assert_eq!(person(&parsed), ["Ada Lovelace", "ada@engines.example", "", ""]);
    assert_eq!(parsed.profile.job_title.as_deref(), Some("Owner"));
    assert_eq!(parsed.profile.last_touch.unwrap().utm_campaign.as_deref(), Some("hidden"));
    assert_eq!(parsed.unknown["linkedin question 5"], "asap");
    assert_eq!((delivery.delivery_id.as_deref(), delivery.meant), (Some("8a1b-2"), Meant::Lead));
}

#[test]
fn answers_of_a_linkedin_response_without_its_form_speak_for_themselves() {
    let answer =
        |id: u8, text: &str| json!({"questionId": id, "answerDetails": {"textQuestionAnswer": {"answer": text}}});
    let answers = [answer(1, "Ada"), answer(2, "ada@engines.example"), answer(3, "+14155552671")];
    let parsed = lead_of(&one(Adapter::LinkedinLeadGen, &json!({"id": "1", "formResponse": {"answers": answers}})));
    assert_eq!(person(&parsed)[1..3], ["ada@engines.example", "+14155552671"]);
    assert_eq!(parsed.unknown["linkedin question 1"], "Ada");
}

#[test]
fn a_linkedin_notification_is_asked_for_and_a_withdrawal_is_no_lead() {
    let body = |action: &str| {
        json!({"type": "LEAD_ACTION", "leadGenFormResponse": "urn:li:leadGenFormResponse:77-1", "leadAction": action,
            "occurredAt": 1_767_225_600_000_u64})
    };
    let created = one(Adapter::LinkedinLeadGen, &body("CREATED"));
    assert_eq!((created.meant, created.delivery_id.as_deref()), (Meant::Ask("77-1".into()), Some("77-1")));
    let gone = one(Adapter::LinkedinLeadGen, &body("DELETED"));
    assert_eq!((gone.meant, gone.delivery_id.as_deref()), (Meant::Nothing("withdrawn"), Some("77-1 DELETED")));
}
