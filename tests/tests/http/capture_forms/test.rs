use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn a_body_is_tried_and_nothing_is_kept(app) {
    let admin = app.admin().await;
    let form = json!({"name": "Ads", "source": "website", "adapter": "google_ads", "adapter_secret": "s3cret"});
    let form = admin.post("/capture-forms", form).await.expect(201);
    let path = format!("/capture-forms/{}/test", form.id());
    let before = app.counts(["leads", "events", "submissions", "jobs"]).await;
    let body = json!({"lead_id": "1", "gcl_id": "x", "user_column_data": [
        {"column_id": "EMAIL", "string_value": "ada@engines.example"}, {"column_name": "Looms?", "string_value": "12"},
    ]});
    let tried = admin.post(&path, body).await.expect(200);
    let delivery = &tried["deliveries"][0];
    assert_eq!((&delivery["meant"], &delivery["delivery_id"]), (&json!("lead"), &json!("1")));
    assert_eq!((&delivery["fields"]["EMAIL"], &delivery["unread"]), (&json!("ada@engines.example"), &json!(["Looms?"])));
    assert_eq!((&delivery["lead"]["action"], &delivery["lead"]["lead"]["email"]), (&json!("created"), &json!("ada@engines.example")));
    let bare = admin.post(&path, json!({"lead_id": "2", "user_column_data": []})).await.expect(200);
    assert_eq!(bare["deliveries"][0]["lead"], json!(null));
    assert!(!bare["deliveries"][0]["faults"].as_array().unwrap().is_empty());
    admin.post(&path, json!({"nothing": 1})).await.problem(422);
    admin.post_raw(&path, "application/json", "{").await.problem(400);

    let plain = admin.post("/capture-forms", json!({"name": "Plain", "source": "website"})).await.expect(201);
    let path = format!("/capture-forms/{}/test", plain.id());
    let tried = admin.post_raw(&path, "application/x-www-form-urlencoded", "name=Ada+Lovelace&email=ada%40engines.example&x=1").await.expect(200);
    assert_eq!((&tried["deliveries"][0]["unread"], &tried["deliveries"][0]["lead"]["action"]), (&json!(["x"]), &json!("created")));
    let after = app.counts(["leads", "events", "submissions", "jobs"]).await;
    assert_eq!((after[0], after[2], after[3]), (before[0], before[2], before[3]));
    app.sign_in(Role::Rep).await.post(&path, json!({})).await.problem(403);
    app.stranger().await.post(&path, json!({"name": "x"})).await.problem(404);
});
