use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::save;

on_both_databases!(async fn a_private_view_is_nobody_elses_business_and_a_shared_one_everybodys(app) {
    let (admin, rep, viewer) = (app.admin().await, app.sign_in(Role::Rep).await, app.sign_in(Role::Viewer).await);
    let path = format!("/views/{}", save(&rep, "Mine", json!({})).await.expect(201).id());
    let read = rep.get(&path).await.expect(200);
    rep.with("If-None-Match", read.etag()).get(&path).await.expect(304);
    for nobody in [&admin, &viewer, &app.stranger().await] {
        nobody.get(&path).await.problem(404);
    }
    rep.patch(&path, json!({"shared": true})).await.expect(200);
    assert_eq!((&admin.get(&path).await["editable"], &viewer.get(&path).await["editable"]), (&json!(true), &json!(false)));
    app.stranger().await.get(&path).await.problem(404);
});
