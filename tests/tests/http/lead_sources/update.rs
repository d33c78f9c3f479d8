use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_source, id_of};

on_both_databases!(async fn a_patch_changes_what_it_names(app) {
    let admin = app.admin().await;
    let path = format!("/lead-sources/{}", id_of(&admin, "trade_show").await);
    let before = admin.get(&path).await.expect(200);
    let after = admin.patch(&path, json!({"name": "Fairs", "medium": null, "active": false})).await.expect(200);
    assert_eq!(after["name"], "Fairs");
    assert!(after["medium"].is_null());
    assert_eq!(after["active"], false);
    for untouched in ["id", "code", "description", "direction", "aliases"] {
        assert_eq!(after[untouched], before[untouched], "{untouched}");
    }
    assert_eq!(after["version"], 2);
    assert_eq!(admin.get(&path).await.json, after.json);
});

on_both_databases!(async fn a_stale_version_is_refused(app) {
    let admin = app.admin().await;
    let path = format!("/lead-sources/{}", id_of(&admin, "trade_show").await);
    let seen = admin.get(&path).await.etag();
    admin.with("If-Match", seen.as_str()).patch(&path, json!({"name": "First"})).await.expect(200);
    let late = admin.with("If-Match", seen.as_str()).patch(&path, json!({"name": "Second"})).await.problem(412);
    assert_eq!((late["code"].as_str(), late["current_version"].as_i64()), (Some("stale-version"), Some(2)));
    admin.with("If-Match", "W/\"2.7.other-shape\"").patch(&path, json!({"name": "Third"})).await.expect(200);
    admin.with("If-Match", "*").patch(&path, json!({"name": "Fourth"})).await.expect(200);
    let problem = admin.with("If-Match", "4").patch(&path, json!({"name": "Fifth"})).await.problem(422);
    assert_eq!(problem["errors"][0]["header"], "If-Match");
});

on_both_databases!(async fn the_code_stays_and_names_stay_unique(app) {
    let admin = app.admin().await;
    let created = admin.post("/lead-sources", a_source("Fair")).await.expect(201);
    let path = format!("/lead-sources/{}", created.id());
    let problem = admin.patch(&path, json!({"code": "other", "name": null})).await.problem(422);
    assert_eq!(problem["errors"].as_array().unwrap().len(), 2);
    assert_eq!(admin.patch(&path, json!({"name": "trade show"})).await.problem(409)["field"], "name");
    app.stranger().await.patch(&path, json!({"name": "Mine"})).await.problem(404);
});
