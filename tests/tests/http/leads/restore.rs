use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{jane, jane_with};

on_both_databases!(async fn a_lead_comes_back_as_it_was(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane_with("doe", json!({"external_ids": {"crm": "7"}}))).await.expect(201);
    let path = format!("/leads/{}", lead.id());
    admin.delete(&path).await.expect(204);
    let back = admin.post(format!("{path}/restore"), json!({})).await.expect(200);
    assert_eq!((&back["version"], back["archived_at"].is_null()), (&json!(3), true));
    assert_eq!((&back["external_ids"], &back["email"]), (&lead["external_ids"], &lead["email"]));
    assert_eq!(app.history_of(&lead.id()).await, ["lead.restored", "lead.archived", "lead.created"]);

    let again = admin.post(format!("{path}/restore"), json!({})).await.expect(200);
    assert_eq!((&again["version"], again.etag()), (&json!(3), back.etag()));
});

on_both_databases!(async fn a_repeat_under_the_same_key_gets_the_first_answer(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane("doe")).await.expect(201).id();
    admin.delete(format!("/leads/{lead}")).await.expect(204);
    let keyed = admin.with("Idempotency-Key", "back");
    let first = keyed.post(format!("/leads/{lead}/restore"), json!({})).await.expect(200);
    let again = keyed.post(format!("/leads/{lead}/restore"), json!({})).await.expect(200);
    assert_eq!((again.header("idempotency-replayed"), &again.text), ("true", &first.text));
    admin.with("If-Match", "\"1.0.0\"").post(format!("/leads/{lead}/restore"), json!({})).await.problem(412);
});
