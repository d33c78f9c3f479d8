use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{change, make};

on_both_databases!(async fn a_bulk_action_is_seen_by_who_ordered_it_and_who_sees_all(app) {
    let (admin, manager, rep) = (app.admin().await, app.sign_in(Role::Manager).await, app.sign_in(Role::Rep).await);
    let ids = make(&admin, &["ann"], json!({})).await;
    let done = change(&rep, &ids, json!({"kind": "set_priority", "priority": "low"})).await.expect(201);
    let path = format!("/bulk-actions/{}", done.id());
    let read = rep.get(&path).await.expect(200);
    assert_eq!((&read["actor"]["id"], &read["action"]), (&json!(rep.user), &json!({"kind": "set_priority", "priority": "low"})));
    rep.with("If-None-Match", read.etag()).get(&path).await.expect(304);
    admin.get(&path).await.expect(200);
    app.sign_in(Role::Viewer).await.get(&path).await.expect(200);
    let team = json!({"name": "East", "member_ids": [rep.user, manager.user]});
    admin.post("/teams", team).await.expect(201);
    assert_eq!(manager.get(&path).await.status, 404, "it was ordered before");
    let more = change(&rep, &ids, json!({"kind": "set_priority", "priority": "high"})).await.expect(201);
    let led = format!("/bulk-actions/{}", more.id());
    manager.get(&led).await.expect(200);
    manager.get(format!("{led}/failures")).await.expect(200);
    let listed = manager.get("/bulk-actions").await.expect(200);
    assert_eq!(listed["data"].as_array().unwrap().len(), 1, "{}", listed.text);
    let colleague = app.sign_in(Role::Rep).await;
    admin.post("/teams", json!({"name": "West", "member_ids": [colleague.user]})).await.expect(201);
    colleague.get(&led).await.problem(404);
    manager.post(format!("{led}/undo"), json!({})).await.expect(201);
    for nobody in [&manager, &app.sign_in(Role::Rep).await, &app.stranger().await] {
        nobody.get(&path).await.problem(404);
    }
});
