use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use crate::capture::{a_form, somebody, submission};

on_both_databases!(async fn what_is_on_the_list_waits_for_review(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let marketer = app.sign_in(Role::Marketer).await;
    let (_, path) = a_form(&app, json!({})).await;
    world.post(&path, somebody("before")).await.expect(202);
    let entries = [
        ("domain", "Junk.Test"), ("email", "Bad@example.com"), ("word", "casino bonus"), ("network", "198.51.100.0/24"),
    ];
    for (kind, value) in entries {
        marketer.post("/block-list", json!({"kind": kind, "value": value, "note": "seen before"})).await.expect(201);
    }
    let again = marketer.post("/block-list", json!({"kind": "domain", "value": "@junk.test"})).await.problem(409);
    assert_eq!(again["code"], "already-exists");
    let wrong = marketer.post("/block-list", json!({"kind": "network", "value": "10.0.0.0/99"})).await.problem(422);
    assert_eq!((&wrong["errors"][0]["pointer"], &wrong["errors"][0]["code"]), (&json!("#/value"), &json!("invalid_network")));

    for (body, code, value) in [
        (json!({"name": "A B", "email": "a@mail.junk.test"}), "blocked_domain", "junk.test"),
        (json!({"name": "A B", "email": "BAD@example.com"}), "blocked_email", "bad@example.com"),
        (json!({"name": "A B", "email": "c@example.com", "deep": {"er": ["Your CASINO  bonus!"]}}), "blocked_word", "casino bonus"),
    ] {
        let held = submission(&admin, &world.post(&path, body).await.expect(202)).await;
        assert_eq!((&held["state"], &held["lead_id"]), (&json!("quarantined"), &json!(null)), "{}", held.text);
        let why = &held["outcome"]["suspicions"][0];
        assert_eq!((&why["code"], &why["params"]["value"]), (&json!(code), &json!(value)));
    }
    world.post(&path, somebody("fine")).await.expect(202);
    assert_eq!(app.counts(["leads", "submissions"]).await, [2, 5]);
    app.sign_in(Role::Rep).await.post("/block-list", json!({"kind": "word", "value": "word"})).await.problem(403);
});
