use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{change, make_many};
use crate::imports::work;

on_both_databases!(async fn a_cancelled_bulk_action_changes_no_more_leads(app) {
    let admin = app.admin().await;
    let ids = make_many(&admin, 101).await;
    let job = change(&admin, &ids, json!({"kind": "archive"})).await.expect(202);
    let path = format!("/bulk-actions/{}/cancel", job.id());
    app.stranger().await.post(&path, json!({})).await.problem(404);
    app.sign_in(Role::Marketer).await.post(&path, json!({})).await.problem(403);
    assert_eq!(admin.post(&path, json!({})).await.expect(202)["state"], "cancelled");
    assert_eq!(work(&admin).await, 0);
    assert_eq!(admin.get("/leads?count=exact").await["total"], 101);
    assert_eq!(admin.post(&path, json!({})).await.problem(409)["state"], "cancelled");
    admin.post(format!("/bulk-actions/{}/undo", job.id()), json!({})).await.problem(409);
});
