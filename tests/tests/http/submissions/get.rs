use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use crate::capture::{a_form, somebody};

on_both_databases!(async fn a_receipt_tells_what_came_of_it(app) {
    let (_, path) = a_form(&app, json!({})).await;
    let receipt = app.anonymous().post(&path, somebody("doe")).await.expect(202).text_of("receipt_id");
    let path = format!("/submissions/{receipt}");
    let taken = app.admin().await.get(&path).await.expect(200);
    assert_eq!((taken.id(), &taken["state"]), (receipt, &json!("created")));
    assert!(taken["received_at"].as_str().unwrap().ends_with('Z'));
    assert!(!taken.text.contains("address_hash"), "the sender's address stays inside");
    app.sign_in(Role::Marketer).await.get(&path).await.expect(200);
    app.sign_in(Role::Rep).await.get(&path).await.problem(403);
    app.stranger().await.get(&path).await.problem(404);
    app.anonymous().get(&path).await.problem(401);
    app.admin().await.get("/submissions/nonsense").await.problem(404);
});

on_both_databases!(async fn a_program_reads_receipts_with_the_scope(app) {
    let (_, path) = a_form(&app, json!({})).await;
    let receipt = app.anonymous().post(&path, somebody("doe")).await.expect(202).text_of("receipt_id");
    for (scope, status) in [("submissions:read", 200), ("leads:read", 403)] {
        let key = app.admin().await.post("/api-keys", json!({"name": scope, "scopes": [scope]})).await.expect(201);
        app.anonymous().bearer(&key.text_of("key")).get(format!("/submissions/{receipt}")).await.expect(status);
    }
});

on_both_databases!(async fn a_receipt_follows_a_merge(app) {
    let (_, path) = a_form(&app, json!({})).await;
    let admin = app.admin().await;
    let receipt = app.anonymous().post(&path, somebody("doe")).await.expect(202).text_of("receipt_id");
    let lead = admin.get(format!("/submissions/{receipt}")).await.expect(200).text_of("lead_id");
    let master = admin.post("/leads", crate::leads::jane("master")).await.expect(201).id();
    admin.post(format!("/leads/{master}/merge"), json!({"with": [lead]})).await.expect(200);
    assert_eq!(admin.get(format!("/submissions/{receipt}")).await.expect(200)["lead_id"], json!(master));
    assert_eq!(admin.get("/submissions").await.expect(200)["data"][0]["lead_id"], json!(master));
    let again = app.anonymous().post(&path, somebody("doe")).await.expect(202).text_of("receipt_id");
    assert_eq!(admin.get(format!("/submissions/{again}")).await.expect(200)["lead_id"], json!(master));
});
