use leadwright_tests::on_both_databases;
use serde_json::json;

use crate::capture::{a_form, somebody};

on_both_databases!(async fn what_is_rejected_is_kept_and_asked_about_no_more(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({"honeypot_field": "_gotcha"})).await;
    let mut body = somebody("doe");
    body["_gotcha"] = json!("x");
    let receipt = world.post(&path, body).await.expect(202).text_of("receipt_id");
    let reject = format!("/submissions/{receipt}/reject");
    app.stranger().await.post(&reject, json!({})).await.problem(404);
    for _ in 0..2 {
        assert_eq!(admin.post(&reject, json!({})).await.expect(200)["state"], "rejected");
    }
    assert_eq!(admin.get("/submissions?state=quarantined").await.expect(200)["data"], json!([]));
    let released = admin.post(format!("/submissions/{receipt}/release"), json!({})).await.expect(200);
    assert_eq!(released["state"], "created", "a mistake is mended");
    assert_eq!(admin.post(&reject, json!({})).await.problem(409)["code"], "state-conflict");
});
