use leadwright_tests::on_both_databases;
use serde_json::json;

use super::a_field;

on_both_databases!(async fn a_patch_changes_what_it_names(app) {
    let admin = app.admin().await;
    let created = admin.post("/custom-fields", a_field("size")).await.expect(201);
    let path = format!("/custom-fields/{}", created.id());
    let changed = admin.patch(&path, json!({"default": "Large", "required": true})).await.expect(200);
    assert_eq!((changed["default"].as_str(), changed["version"].as_i64()), (Some("Large"), Some(2)));
    let problem = admin.patch(&path, json!({"options": ["Small"]})).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "#/default");
    let changed = admin.patch(&path, json!({"options": ["Small"], "default": null, "active": false})).await.expect(200);
    assert!(changed["default"].is_null());
    assert_eq!((changed["active"].as_bool(), changed["label"].as_str()), (Some(false), Some("Size")));
    assert_eq!(admin.get(&path).await.expect(200).json, changed.json);
});

on_both_databases!(async fn key_and_kind_never_change(app) {
    let admin = app.admin().await;
    let created = admin.post("/custom-fields", a_field("size")).await.expect(201);
    let path = format!("/custom-fields/{}", created.id());
    let problem = admin.patch(&path, json!({"key": "other", "kind": "text"})).await.problem(422);
    assert_eq!(problem["errors"].as_array().unwrap().len(), 2);
});

on_both_databases!(async fn a_stale_version_is_refused(app) {
    let admin = app.admin().await;
    let created = admin.post("/custom-fields", a_field("size")).await.expect(201);
    let (path, seen) = (format!("/custom-fields/{}", created.id()), created.etag());
    admin.with("If-Match", seen.as_str()).patch(&path, json!({"label": "First"})).await.expect(200);
    let late = admin.with("If-Match", seen.as_str()).patch(&path, json!({"label": "Second"})).await.problem(412);
    assert_eq!(late["current_version"], 2);
});
