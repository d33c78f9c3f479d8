use leadwright_tests::on_both_databases;
use serde_json::json;
use uuid::Uuid;

use crate::capture::{a_form, somebody};

on_both_databases!(async fn all_that_failed_comes_right_at_once(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (form, path) = a_form(&app, json!({"honeypot_field": "_gotcha"})).await;
    let mut receipts = Vec::new();
    for number in 0..3 {
        let body = json!({"wer": "Jane Doe", "wohin": format!("n{number}@example.com")});
        receipts.push(world.post(&path, body).await.problem(422)["receipt_id"].as_str().unwrap().to_owned());
    }
    world.post(&path, json!({"nothing": "of use"})).await.problem(422);
    let mut trapped = somebody("bot");
    trapped["_gotcha"] = json!("x");
    let held = world.post(&path, trapped).await.expect(202).text_of("receipt_id");
    admin.post("/submissions/replay", json!({})).await.problem(422);
    admin.post("/submissions/replay", json!({"staates": ["failed"]})).await.problem(422);
    let mapping = json!({"field_mapping": {"wer": "contact_name", "wohin": "email"}});
    admin.patch(format!("/capture-forms/{}", form.id()), mapping).await.expect(200);

    let done = admin.post("/submissions/replay", json!({"form_id": form.id(), "states": ["failed"]})).await.expect(200);
    assert_eq!(done["result"], json!({"created": 3, "updated": 0, "merged": 0, "failed": 1, "refused": 0}), "{}", done.text);
    let first = &done["data"][0];
    assert_eq!((&first["id"], &first["state"], first["lead_id"].is_string()), (&json!(receipts[0]), &json!("created"), true));
    let missing = Uuid::now_v7();
    let named = admin.post("/submissions/replay", json!({"ids": [receipts[1], held, missing]})).await.expect(200);
    assert_eq!(named["result"], json!({"created": 1, "updated": 0, "merged": 0, "failed": 0, "refused": 2}));
    let problems: Vec<_> = named["data"].as_array().unwrap().iter().map(|one| one["problem"]["code"].as_str()).collect();
    assert_eq!(problems, [None, Some("state-conflict"), Some("not-found")]);
    assert_eq!(app.counts(["leads"]).await, [3]);
    let theirs = app.stranger().await.post("/submissions/replay", json!({"ids": [receipts[0]]})).await.expect(200);
    assert_eq!(theirs["data"][0]["problem"]["code"], "not-found");
});
