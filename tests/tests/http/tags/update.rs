use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn a_tag_is_renamed_and_loses_its_colour(app) {
    let admin = app.admin().await;
    let created = admin.post("/tags", json!({"name": "VIP", "color": "#d4af37"})).await.expect(201);
    admin.post("/tags", json!({"name": "Other"})).await.expect(201);
    let path = format!("/tags/{}", created.id());
    let changed = admin.patch(&path, json!({"name": "Key account", "color": null})).await.expect(200);
    assert_eq!(changed["name"], "Key account");
    assert!(changed["color"].is_null());
    assert_eq!(admin.patch(&path, json!({"name": "OTHER"})).await.problem(409)["field"], "name");
    admin.with("If-Match", created.etag()).patch(&path, json!({"name": "Late"})).await.problem(412);
});
