use leadwright_tests::on_both_databases;
use serde_json::json;

use super::saved;

on_both_databases!(async fn a_mapping_changes_over_the_version_that_was_seen(app) {
    let admin = app.admin().await;
    let path = format!("/import-mappings/{}", saved(&admin).await.id());
    let seen = admin.get(&path).await.etag();
    let changed = admin.patch(&path, json!({"mapping": {"columns": {"X": "phone"}}})).await.expect(200);
    assert_eq!((&changed["name"], &changed["mapping"]["columns"]), (&json!("Fair"), &json!({"X": "phone"})));
    admin.with("If-Match", &seen).patch(&path, json!({"name": "Late"})).await.problem(412);
    let problem = admin.patch(&path, json!({"mapping": {"columns": {"X": "fone"}}})).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "#/mapping/columns/X");
});
