use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{order, rules};

on_both_databases!(async fn a_moved_rule_leaves_no_gap(app) {
    let admin = app.admin().await;
    let paths = rules(&admin, &["a", "b", "c", "d"]).await;
    admin.patch(&paths[0], json!({"position": 3})).await.expect(200);
    assert_eq!(order(&admin).await, ["b", "c", "a", "d"]);
    admin.patch(&paths[3], json!({"position": 1})).await.expect(200);
    assert_eq!(order(&admin).await, ["d", "b", "c", "a"]);
    admin.patch(&paths[3], json!({"position": 99})).await.expect(200);
    assert_eq!(order(&admin).await, ["b", "c", "a", "d"]);
    admin.patch(&paths[2], json!({"position": 0})).await.problem(422);
});

on_both_databases!(async fn a_patch_changes_what_it_names(app) {
    let admin = app.admin().await;
    let path = rules(&admin, &["a"]).await.remove(0);
    let seen = admin.get(&path).await.expect(200);
    let changed = admin.patch(&path, json!({"assign": {"queue": "other"}, "active": false})).await.expect(200);
    assert_eq!((&changed["assign"], &changed["active"]), (&json!({"queue": "other"}), &json!(false)));
    assert_eq!((&changed["name"], &changed["when"]), (&seen["name"], &seen["when"]));
    let problem = admin.patch(&path, json!({"when": {"field": "rating"}})).await.problem(422);
    assert!(problem["errors"][0]["pointer"].as_str().unwrap().starts_with("#/when"));
    admin.with("If-Match", seen.etag()).patch(&path, json!({"name": "late"})).await.problem(412);
});
