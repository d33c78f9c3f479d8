use leadwright_tests::on_both_databases;
use serde_json::json;

use crate::imports::work;

on_both_databases!(async fn a_scan_is_stopped(app) {
    let admin = app.admin().await;
    let id = admin.post("/duplicates/scan", json!({})).await.expect(202).id();
    let cancel = format!("/duplicates/scans/{id}/cancel");
    assert_eq!(admin.post(&cancel, json!({})).await.expect(202)["state"], "cancelled");
    assert_eq!(work(&admin).await, 0);
    assert_eq!(admin.post(&cancel, json!({})).await.problem(409)["state"], "cancelled");
    assert_ne!(admin.post("/duplicates/scan", json!({})).await.expect(202).id(), id);
});
