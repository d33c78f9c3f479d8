//! Bodies of other systems.

use aws_lc_rs::hmac;
use futures_util::future::join_all;
use leadwright_tests::{TestApp, on_both_databases};
use serde_json::{Value, json};

use super::{a_form, submission};

fn signed(secret: &str, text: &str) -> Vec<u8> {
    hmac::sign(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()), text.as_bytes()).as_ref().to_vec()
}

pub fn hex(secret: &str, text: &str) -> String {
    signed(secret, text).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn base64(secret: &str, text: &str) -> String {
    use base64::{Engine, engine::general_purpose::STANDARD};
    STANDARD.encode(signed(secret, text))
}

fn google(id: &str, test: bool) -> Value {
    json!({
        "lead_id": id, "is_test": test, "google_key": "s3cret", "form_id": 40000000001_u64, "campaign_id": 30000000002_u64, "gcl_id": "EAIaIQ",
        "user_column_data": [
            {"column_id": "FULL_NAME", "string_value": "Ada Lovelace"}, {"column_id": "EMAIL", "string_value": format!("{id}@engines.example")},
            {"column_name": "How many looms?", "string_value": "12"},
        ],
    })
}

on_both_databases!(async fn a_google_lead_comes_in_once_and_its_tests_never(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({"adapter": "google_ads", "adapter_secret": "s3cret"})).await;
    let mut wrong = google("a", false);
    wrong["google_key"] = json!("guess");
    world.post(&path, wrong.clone()).await.problem(403);
    wrong.as_object_mut().unwrap().remove("google_key");
    world.post(&path, wrong).await.problem(401);
    assert_eq!(app.counts(["leads", "submissions"]).await, [0, 0]);

    let replies = join_all((0..12).map(|_| world.post(&path, google("a", false)))).await;
    let receipts: Vec<String> = replies.into_iter().map(|reply| reply.expect(200).text_of("receipt_id")).collect();
    assert!(receipts.iter().all(|receipt| *receipt == receipts[0]), "{receipts:?}");
    assert_eq!(app.counts(["leads", "submissions"]).await, [1, 1]);
    let taken = admin.get(format!("/submissions/{}", receipts[0])).await.expect(200);
    assert_eq!((&taken["state"], &taken["outcome"]["adapter"]["delivery_id"]), (&json!("created"), &json!("a")));
    assert_eq!(taken["outcome"]["adapter"]["origin"]["form_id"], "40000000001");
    assert_eq!(taken["outcome"]["unread"], json!(["How many looms?"]));
    assert!(!taken.text.contains("s3cret"), "{}", taken.text);
    let lead = app.stored_lead(taken["lead_id"].as_str().unwrap()).await.profile;
    assert_eq!(lead.last_touch.unwrap().click_ids["gclid"], "EAIaIQ");

    let tests = [world.post(&path, google("t", true)).await.expect(200), world.post(&path, google("t", true)).await.expect(200)];
    for reply in &tests {
        let taken = submission(&admin, reply).await;
        assert_eq!((&taken["state"], &taken["lead_id"]), (&json!("test"), &json!(null)));
    }
    assert_eq!(app.counts(["leads", "submissions"]).await, [1, 3]);
});

async fn state_of(app: &TestApp, receipt: &str) -> String {
    app.admin().await.get(format!("/submissions/{receipt}")).await.expect(200).text_of("state")
}

on_both_databases!(async fn several_leads_of_one_body_are_several_submissions(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({"adapter": "meta_lead_ads", "adapter_secret": "s3cret"})).await;
    let data = |mail: &str| json!([{"name": "email", "values": [mail]}, {"name": "full_name", "values": ["Ada Lovelace"]}]);
    let change = |value: Value| json!({"field": "leadgen", "value": value});
    let body = json!({"object": "page", "entry": [
        {"id": "1", "changes": [change(json!({"leadgen_id": "1", "field_data": data("a@b.example")})), {"field": "feed", "value": {}}]},
        {"id": "2", "changes": [
            change(json!({"leadgen_id": "2", "field_data": data("c@d.example")})), change(json!({"leadgen_id": "3"})),
            change(json!({"leadgen_id": "1", "field_data": data("a@b.example")})), change(json!({"leadgen_id": "444444444444"})),
            change(json!({"leadgen_id": "5", "field_data": [{"name": "colour", "values": ["red"]}]})),
        ]},
    ]}).to_string();
    world.post_raw(&path, "application/json", body.clone()).await.problem(401);
    world.with("X-Hub-Signature-256", "sha256=00").post_raw(&path, "application/json", body.clone()).await.problem(403);
    let signature = format!("sha256={}", hex("s3cret", &body));
    let sender = world.with("X-Hub-Signature-256", &signature);
    let reply = sender.post_raw(&path, "application/json", body.clone()).await.expect(200);
    let receipts: Vec<String> = serde_json::from_value(reply["receipt_ids"].clone()).unwrap();
    assert_eq!(receipts.len(), 7);
    let mut states = Vec::new();
    for receipt in &receipts {
        states.push(state_of(&app, receipt).await);
    }
    assert_eq!(states, ["created", "ignored", "created", "failed", "created", "test", "failed"]);
    assert_eq!(receipts[0], receipts[4]);
    assert_eq!(app.counts(["leads", "submissions"]).await, [2, 6]);
    sender.post_raw(&path, "application/json", body).await.expect(200);
    // What has no id, and tests, are new each time.
    assert_eq!(app.counts(["leads", "submissions"]).await, [2, 8]);

    let one = admin.post(format!("/submissions/{}/replay", receipts[2]), json!({})).await.expect(200);
    assert_eq!((&one["state"], one["body"].as_str().unwrap().contains("c@d.example")), (&json!("created"), true));
    assert!(!one["body"].as_str().unwrap().contains("a@b.example"));
    assert_eq!(app.counts(["leads", "submissions"]).await, [2, 8]);
});

on_both_databases!(async fn signatures_are_checked_over_the_bytes_as_they_came(app) {
    let world = app.anonymous();
    let typeform = r#"{"event_id":"e", "form_response":{"token":"t","answers":[{"type":"email","email":"a@b.example","field":{"id":"1"}}]}}"#;
    let tally = r#"{"eventId":"e","data":{"fields":[{"key":"q","label":"x","type":"INPUT_EMAIL","value":"c@d.example"}]}}"#;
    let webflow = r#"{"triggerType":"form_submission","payload":{"id":"1","data":{"Name":"Zaphod B","Phone Number":14155552671}}}"#;
    let calendly = r#"{"event":"invitee.created","payload":{"uri":"i","name":"Ada L","email":"e@f.example"}}"#;
    let linkedin = r#"{"id":"1","formResponse":{"answers":[{"name":"emailAddress","answer":"g@h.example"}]}}"#;
    let cases = [
        ("typeform", typeform, vec![("Typeform-Signature", format!("sha256={}", base64("k", typeform)))]),
        ("tally", tally, vec![("Tally-Signature", base64("k", tally))]),
        ("webflow", webflow, vec![("X-Webflow-Timestamp", "17".to_owned()), ("X-Webflow-Signature", hex("k", &format!("17:{webflow}")))]),
        ("calendly", calendly, vec![("Calendly-Webhook-Signature", format!("t=17,v1={}", hex("k", &format!("17.{calendly}"))))]),
        ("linkedin_lead_gen", linkedin, vec![("X-LI-Signature", format!("hmacsha256={}", hex("k", linkedin)))]),
        ("hubspot_forms", r#"{"fields":[{"name":"email","value":"i@j.example"}]}"#, vec![("X-Capture-Secret", "k".to_owned())]),
    ];
    for (adapter, body, headers) in cases {
        let (_, path) = a_form(&app, json!({"adapter": adapter, "adapter_secret": "k"})).await;
        world.post_raw(&path, "application/json", body).await.problem(401);
        let sender = headers.iter().fold(world.clone(), |sender, (name, value)| sender.with(name, value));
        if adapter != "hubspot_forms" {
            sender.post_raw(&path, "application/json", format!("{body} ")).await.problem(403);
        }
        let receipt = sender.post_raw(&path, "application/json", body).await.expect(200).text_of("receipt_id");
        assert_eq!(state_of(&app, &receipt).await, "created", "{adapter}");
        let forger = headers.iter().fold(world.clone(), |sender, (name, value)| sender.with(name, format!("{value}0")));
        forger.post_raw(&path, "application/json", body).await.problem(403);
        if adapter == "hubspot_forms" {
            world.post_raw(format!("{path}?secret=k"), "application/json", body).await.expect(200);
        }
    }
});

on_both_databases!(async fn what_is_unfit_is_kept_and_comes_right_when_the_form_is_mended(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (form, path) = a_form(&app, json!({"adapter": "tally"})).await;
    let body = json!({"data": {"responseId": "r", "fields": [
        {"key": "q_mail", "label": "Where do we write to?", "type": "INPUT_TEXT", "value": "ada@engines.example"},
    ]}});
    let reply = world.post(&path, body).await.expect(200);
    let failed = submission(&admin, &reply).await;
    assert_eq!((&failed["state"], &failed["outcome"]["refused"]["problem"]), (&json!("failed"), &json!("validation-failed")));
    let mapping = json!({"field_mapping": {"q_mail": "email"}});
    admin.patch(format!("/capture-forms/{}", form.id()), mapping).await.expect(200);
    let mended = admin.post(format!("/submissions/{}/replay", failed.id()), json!({})).await.expect(200);
    assert_eq!(mended["state"], "created", "{}", mended.text);
    let lead = app.stored_lead(mended["lead_id"].as_str().unwrap()).await.profile;
    assert_eq!((lead.email.as_deref(), lead.contact_name.as_deref()), (Some("ada@engines.example"), Some("ada")));

    let problem = world.post(&path, json!({"nothing": "of tally"})).await.problem(422);
    assert_eq!(problem["errors"][0]["code"], "unknown_shape");
    assert_eq!(state_of(&app, problem["receipt_id"].as_str().unwrap()).await, "failed");
    world.post_raw(&path, "application/json", "{").await.problem(400);
    world.post_raw(&path, "application/xml", "<a/>").await.problem(415);
});

on_both_databases!(async fn salesforce_pages_are_not_sent_where_they_want(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({"adapter": "salesforce_web_to_lead", "redirect_url": "https://example.com/thanks"})).await;
    let form = "oid=00D1&retURL=https%3A%2F%2Fevil.example%2F&first_name=Zo%EB&last_name=O%27Neil&email=zoe%40example.com&00N5e00000ABCDE=x";
    let browser = world.with("Accept", "text/html");
    let reply = browser.post_raw(&path, "application/x-www-form-urlencoded", form).await.expect(303);
    assert_eq!(reply.headers["location"], "https://example.com/thanks");
    let reply = world.post_raw(&path, "application/x-www-form-urlencoded", form).await.expect(200);
    let taken = submission(&admin, &reply).await;
    assert_eq!((&taken["state"], &taken["outcome"]["unread"]), (&json!("merged"), &json!(["00N5e00000ABCDE"])));
    let lead = app.stored_lead(taken["lead_id"].as_str().unwrap()).await.profile;
    assert_eq!(lead.contact_name.as_deref(), Some("Zoë O'Neil"));
    world.post_raw(&path, "application/x-www-form-urlencoded", "oid=00D1").await.problem(422);
});

on_both_databases!(async fn any_json_is_read_with_pointers(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let mapping = json!({
        "fields": {"email": ["/contact/mail", "/contact/other"], "contact_name": "/contact/name", "tags": "/kind", "external_ids.partner": "/id"},
        "constants": {"utm_source": "partner"}, "list": "/leads", "delivery_id": "/id", "test": "/sandbox", "occurred_at": "/when",
    });
    let (form, path) = a_form(&app, json!({"adapter": "generic", "adapter_mapping": mapping})).await;
    assert_eq!(form["adapter_mapping"], mapping);
    let body = json!({"leads": [
        {"id": 1, "kind": "warm", "contact": {"other": "ada@engines.example", "name": "Ada Lovelace"}},
        {"id": 2, "sandbox": true, "contact": {"mail": "grace@navy.example"}}, {"id": 3}, null,
    ]});
    let reply = world.post(&path, body).await.expect(200);
    let receipts: Vec<String> = serde_json::from_value(reply["receipt_ids"].clone()).unwrap();
    let mut states = Vec::new();
    for receipt in &receipts {
        states.push(state_of(&app, receipt).await);
    }
    assert_eq!(states, ["created", "test", "failed", "failed"]);
    let lead = admin.get(format!("/submissions/{}", receipts[0])).await.expect(200).text_of("lead_id");
    let lead = app.stored_lead(&lead).await.profile;
    assert_eq!((lead.tags, lead.external_ids["partner"].as_str()), (vec!["warm".to_owned()], "1"));
});
