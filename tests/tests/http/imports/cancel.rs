use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{leads, people, send, work};

on_both_databases!(async fn a_cancelled_import_takes_no_more_rows(app) {
    let admin = app.admin().await;
    let job = send(&admin, "mode=auto", people(10)).await.expect(202);
    let path = format!("/imports/{}/cancel", job.id());
    app.stranger().await.post(&path, json!({})).await.problem(404);
    assert_eq!(admin.post(&path, json!({})).await.expect(202)["state"], "cancelled");
    assert_eq!(work(&admin).await, 0);
    assert!(leads(&admin).await.is_empty());
    assert_eq!(admin.post(&path, json!({})).await.problem(409)["state"], "cancelled");
});
