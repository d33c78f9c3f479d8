use leadwright_domain::access::{Permission, Role};
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::save;

on_both_databases!(async fn a_view_is_kept_as_it_is_said_and_its_name_is_ones_own(app) {
    let (rep, other) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let more = json!({"name": " Urgent ", "q": "acme", "archived": "any", "sort": "-score", "fields": ["score", "contact_name"]});
    let view = save(&rep.with("Idempotency-Key", "v"), "", more.clone()).await.expect(201);
    assert_eq!(view.header("location"), format!("/api/v1/views/{}", view.id()));
    let again = save(&rep.with("Idempotency-Key", "v"), "", more).await.expect(201);
    assert_eq!((again.header("idempotency-replayed"), again.id()), ("true", view.id()));
    assert_eq!(
        (&view["name"], &view["q"], &view["archived"], &view["sort"], &view["fields"], &view["shared"]),
        (&json!("Urgent"), &json!("acme"), &json!("any"), &json!("-score"), &json!(["score", "contact_name"]), &json!(false))
    );
    assert_eq!(
        (&view["where"], &view["owner"]["id"], &view["editable"], &view["broken"]),
        (&json!({"field": "priority", "op": "eq", "value": "high"}), &json!(rep.user), &json!(true), &json!([]))
    );
    assert_eq!(save(&rep, "URGENT", json!({})).await.problem(409)["field"], "name");
    save(&other, "urgent", json!({})).await.expect(201);
    let everything = rep.post("/views", json!({"name": "Everything"})).await.expect(201);
    assert_eq!(everything["where"], json!(null));
});

on_both_databases!(async fn what_makes_no_sense_is_refused_at_once_and_by_place(app) {
    let rep = app.sign_in(Role::Rep).await;
    let wrong = json!({"where": {"all": [{"field": "prioritty", "op": "eq", "value": "high"}]}, "q": "!?"});
    let problem = save(&rep, "Typo", wrong).await.problem(422);
    let places: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|one| one["pointer"].as_str().unwrap()).collect();
    assert_eq!(places, ["#/where/all/0/field", "#/q"], "{problem}");
    assert_eq!(problem["errors"][0]["suggestion"], "priority");
    let problem = save(&rep, "Typo", json!({"fields": ["scor"]})).await.problem(422);
    assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["suggestion"]), (&json!("#/fields/0"), &json!("score")));
    let problem = save(&rep, " ", json!({"sort": "name", "is_default": true})).await.problem(422);
    assert_eq!(problem["errors"].as_array().unwrap().len(), 3, "{problem}");
});

on_both_databases!(async fn who_only_reads_shares_nothing_and_programs_have_views_of_their_own(app) {
    let (admin, viewer) = (app.admin().await, app.sign_in(Role::Viewer).await);
    let shared = json!({"shared": true});
    save(&viewer, "Mine", shared.clone()).await.problem(403);
    save(&viewer, "Mine", json!({})).await.expect(201);
    let scopes = json!([Permission::LeadsRead, Permission::LeadsWrite]);
    let key = admin.post("/api-keys", json!({"name": "Wall", "scopes": scopes})).await.expect(201);
    let program = app.anonymous().bearer(&key.text_of("key"));
    let view = save(&program, "Wall", shared).await.expect(201);
    assert_eq!((&view["owner"]["kind"], &view["editable"]), (&json!("api_key"), &json!(true)));
    assert_eq!(viewer.get("/views").await["data"].as_array().unwrap().len(), 2);
    for number in 1..100 {
        save(&program, &format!("Wall {number}"), json!({})).await.expect(201);
    }
    assert!(save(&program, "One more", json!({})).await.problem(409)["detail"].as_str().unwrap().contains("100"));
});
