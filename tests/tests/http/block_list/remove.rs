use leadwright_tests::on_both_databases;
use serde_json::json;

use crate::capture::{a_form, submission};

on_both_databases!(async fn what_is_taken_off_comes_in_again(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let entry = admin.post("/block-list", json!({"kind": "domain", "value": "junk.test"})).await.expect(201);
    let body = json!({"name": "Jane Doe", "email": "jane@junk.test"});
    let held = submission(&admin, &world.post(&path, body.clone()).await.expect(202)).await;
    assert_eq!(held["state"], "quarantined");
    app.stranger().await.delete(format!("/block-list/{}", entry.id())).await.problem(404);
    admin.delete(format!("/block-list/{}", entry.id())).await.expect(204);
    admin.delete(format!("/block-list/{}", entry.id())).await.problem(404);
    let taken = submission(&admin, &world.post(&path, body).await.expect(202)).await;
    assert_eq!(taken["state"], "created");
    assert_eq!(admin.get(format!("/submissions/{}", held.id())).await["state"], "quarantined");
});
