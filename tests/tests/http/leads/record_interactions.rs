use chrono::{TimeDelta, Utc};
use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_lead, create};

on_both_databases!(async fn an_interaction_moves_the_score_and_not_the_version(app) {
    let admin = app.admin().await;
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}/interactions", lead.id());
    let done = json!({"kind": "page_viewed", "url": "https://example.com/pricing", "visitor_id": "v1"});
    let recorded = admin.post(&path, done).await.expect(201);
    assert_eq!(recorded.header("location"), format!("/api/v1{path}"));
    assert_eq!((&recorded["score_before"], &recorded["score"]), (&lead["score"], &json!(lead["score"].as_i64().unwrap() + 15)));
    assert_eq!(recorded["score_components"]["behavioral"], 15, "the pricing page, and a visit");
    assert!(recorded["data"][0]["id"].is_string());
    // The version that others hold is still good.
    let holder = admin.with("If-Match", lead.etag());
    let patched = holder.patch(format!("/leads/{}", lead.id()), json!({"city": "Berlin"})).await.expect(200);
    assert_eq!(patched["score"], recorded["score"]);
    assert_eq!(patched["last_interaction_at"], recorded["last_interaction_at"]);
    assert_ne!(patched.etag(), lead.etag());
});

on_both_databases!(async fn a_thousand_come_at_once(app) {
    let admin = app.admin().await;
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}/interactions", lead.id());
    let opened = |number: usize| json!({"kind": "email_opened", "message_id": format!("m{number}")});
    let many: Vec<_> = (0..1_000).map(opened).collect();
    let recorded = admin.post(&path, json!(many)).await.expect(201);
    assert_eq!(recorded["data"].as_array().unwrap().len(), 1_000);
    assert_eq!(recorded["score_components"]["behavioral"], 10, "five openings count");
    let too_many: Vec<_> = (0..1_001).map(opened).collect();
    assert_eq!(admin.post(&path, json!(too_many)).await.problem(422)["errors"][0]["code"], "too_many");
    assert_eq!(admin.post(&path, json!([])).await.problem(422)["errors"][0]["code"], "too_few");
});

on_both_databases!(async fn what_is_wrong_is_told_all_at_once(app) {
    let admin = app.admin().await;
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}/interactions", lead.id());
    let problem = admin.post(&path, json!({"kind": "page_view", "colour": "red"})).await.problem(422);
    let faults = problem["errors"].as_array().unwrap();
    assert!(faults.iter().any(|fault| fault["pointer"] == "#/kind" && fault["suggestion"] == "page_viewed"), "{problem}");
    assert!(faults.iter().any(|fault| fault["pointer"] == "#/colour"), "{problem}");
    let tomorrow = (Utc::now() + TimeDelta::days(1)).to_rfc3339();
    let done = json!([{"kind": "chat"}, {"kind": "call", "occurred_at": tomorrow}]);
    let problem = admin.post(&path, done).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "#/1/occurred_at", "{problem}");
    let none = admin.get(&path).await.expect(200);
    assert_eq!(none["data"], json!([]), "all or none");
});

on_both_databases!(async fn machines_are_kept_and_not_scored(app) {
    let admin = app.admin().await;
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}/interactions", lead.id());
    let recorded = admin.post(&path, json!({"kind": "email_opened", "machine": true})).await.expect(201);
    assert_eq!((&recorded["score"], &recorded["last_interaction_at"]), (&lead["score"], &json!(null)));
    assert_eq!(admin.get(&path).await["data"][0]["machine"], true);
});

on_both_databases!(async fn who_unsubscribes_takes_consent_back(app) {
    let admin = app.admin().await;
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}", lead.id());
    admin.post(format!("{path}/interactions"), json!({"kind": "event_attended", "item": "fair"})).await.expect(201);
    let recorded = admin.post(format!("{path}/interactions"), json!({"kind": "unsubscribed"})).await.expect(201);
    assert_eq!(recorded["score_components"]["behavioral"], 10, "25 - 15");
    let after = admin.patch(&path, json!({})).await.expect(200);
    assert_eq!(after["consent"]["email"]["state"], "withdrawn");
    assert_eq!(after["version"], 2);
});

on_both_databases!(async fn a_repeat_is_recorded_once(app) {
    let admin = app.admin().await;
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}/interactions", lead.id());
    let keyed = admin.with("Idempotency-Key", "once");
    let first = keyed.post(&path, json!({"kind": "chat"})).await.expect(201);
    let again = keyed.post(&path, json!({"kind": "chat"})).await.expect(201);
    assert_eq!((again.header("idempotency-replayed"), &again.json), ("true", &first.json));
    assert_eq!(admin.get(&path).await["data"].as_array().unwrap().len(), 1);
});

on_both_databases!(async fn nobody_writes_to_leads_they_do_not_see(app) {
    let (rep, other) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let mut mine = a_lead("Jane Doe");
    mine["owner_id"] = json!(rep.user);
    let lead = rep.post("/leads", mine).await.expect(201);
    let path = format!("/leads/{}/interactions", lead.id());
    other.post(&path, json!({"kind": "chat"})).await.problem(404);
    app.stranger().await.post(&path, json!({"kind": "chat"})).await.problem(404);
    app.sign_in(Role::Viewer).await.post(&path, json!({"kind": "chat"})).await.problem(403);
    rep.post(&path, json!({"kind": "chat"})).await.expect(201);
    rep.delete(format!("/leads/{}", lead.id())).await.expect(204);
    assert_eq!(rep.post(&path, json!({"kind": "chat"})).await.problem(409)["code"], "archived");
});
