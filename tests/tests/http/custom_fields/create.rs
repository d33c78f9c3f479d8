use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::a_field;

on_both_databases!(async fn a_field_is_kept_as_it_was_given(app) {
    let marketer = app.sign_in(Role::Marketer).await;
    let mut new = a_field("size");
    new["default"] = json!("small");
    new["indexed"] = json!(true);
    let created = marketer.post("/custom-fields", new).await.expect(201);
    assert_eq!(created["default"], "Small", "a default is one of the options as they are written");
    assert_eq!((created["required"].as_bool(), created["active"].as_bool()), (Some(false), Some(true)));
    let read = marketer.get(format!("/custom-fields/{}", created.id())).await.expect(200);
    assert_eq!((&read.json, read.etag()), (&created.json, created.etag()));
    assert_eq!(created.header("location"), format!("/api/v1/custom-fields/{}", created.id()));
});

on_both_databases!(async fn a_key_is_taken_once_for_each_organization(app) {
    let admin = app.admin().await;
    admin.post("/custom-fields", a_field("size")).await.expect(201);
    assert_eq!(admin.post("/custom-fields", a_field("size")).await.problem(409)["field"], "key");
    app.stranger().await.post("/custom-fields", a_field("size")).await.expect(201);
});

on_both_databases!(async fn options_and_default_must_fit_the_kind(app) {
    let admin = app.admin().await;
    for (change, pointer) in [
        (json!({"options": ["A", " a "]}), "#/options/1"),
        (json!({"options": []}), "#/options"),
        (json!({"kind": "text"}), "#/options"),
        (json!({"default": "Huge"}), "#/default"),
        (json!({"kind": "number", "options": [], "default": "three"}), "#/default"),
        (json!({"label": "a\u{0}b"}), "#/label"),
        (json!({"key": "Size"}), "#/key"),
        (json!({"kind": "colour"}), "#/kind"),
    ] {
        let mut body = a_field("size");
        body.as_object_mut().unwrap().extend(change.as_object().cloned().unwrap());
        let problem = admin.post("/custom-fields", body).await.problem(422);
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{change}");
    }
});

on_both_databases!(async fn at_most_twenty_fields_are_indexed(app) {
    let admin = app.admin().await;
    let indexed = |number: usize| json!({"key": format!("k{number}"), "label": "K", "kind": "text", "indexed": true});
    let mut last = Value::Null;
    for number in 0..20 {
        last = admin.post("/custom-fields", indexed(number)).await.expect(201).json;
    }
    let problem = admin.post("/custom-fields", indexed(20)).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "#/indexed");
    let path = format!("/custom-fields/{}", last["id"].as_str().unwrap());
    admin.patch(&path, json!({"active": false})).await.expect(200);
    admin.post("/custom-fields", indexed(20)).await.expect(201);
    assert_eq!(admin.patch(&path, json!({"active": true})).await.problem(422)["errors"][0]["pointer"], "#/indexed");
});

on_both_databases!(async fn who_may_only_read_may_not_add_one(app) {
    for role in [Role::Manager, Role::Rep, Role::Viewer] {
        app.sign_in(role).await.post("/custom-fields", a_field("size")).await.problem(403);
    }
});
