use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::create;

on_both_databases!(async fn all_that_is_known_is_one_document(app) {
    let admin = app.admin().await;
    let (one, two) = (create(&admin, "One").await.id(), create(&admin, "Two").await.id());
    admin.post(format!("/leads/{one}/interactions"), json!({"kind": "chat"})).await.expect(201);
    admin.post("/block-list", json!({"kind": "email", "value": "one@example.com"})).await.expect(201);
    admin.post(format!("/leads/{one}/merge"), json!({"with": [two]})).await.expect(200);
    let path = format!("/leads/{one}/personal-data");
    let told = admin.get(&path).await.expect(200);
    assert_eq!(told.header("content-disposition"), format!("attachment; filename=\"personal-data-{one}.json\""));
    assert_eq!((&told["lead"]["id"], &told["merged"][0]["contact_name"]), (&json!(one), &json!("Two")));
    let kinds: Vec<&str> = told["events"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds[..2], ["lead.created", "lead.created"]);
    assert!(kinds.contains(&"leads.merged") && kinds.contains(&"lead.merged"), "{kinds:?}");
    assert_eq!((&told["interactions"][0]["kind"], &told["block_list"][0]["value"]), (&json!("chat"), &json!("one@example.com")));
    let there = admin.get(format!("/leads/{two}/personal-data")).await.expect(308);
    assert_eq!(there.header("location"), format!("/api/v1{path}"));
    // Everything is more than managers see.
    app.sign_in(Role::Manager).await.get(&path).await.problem(403);
    app.stranger().await.get(&path).await.problem(404);
});
