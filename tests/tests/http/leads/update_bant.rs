use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::create_own;

on_both_databases!(async fn a_patch_touches_what_it_names(app) {
    let rep = app.sign_in(Role::Rep).await;
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}/bant", lead.id());
    let first = json!({"budget": {"state": "met", "level": 4, "controller": "contact"}, "timeline": {"date": "2026-09-01"}});
    let record = rep.patch(&path, first).await.expect(200);
    assert_eq!((&record["completeness"], &record["budget"]["level"]), (&json!(25), &json!(4)));
    assert_eq!(record["changed_by"]["id"], json!(rep.user));
    let record = rep.patch(&path, json!({"budget": {"level": null}, "authority": {"state": "met"}})).await.expect(200);
    assert_eq!((&record["budget"]["level"], &record["budget"]["state"]), (&json!(null), &json!("met")));
    assert_eq!((&record["timeline"]["date"], &record["completeness"]), (&json!("2026-09-01"), &json!(50)));
    // Who controls the budget and decides is worth points.
    let after = rep.get(format!("/leads/{}", lead.id())).await.expect(200);
    assert_eq!(after["score"].as_i64().unwrap(), lead["score"].as_i64().unwrap() + 5);
    assert_eq!(after["version"], 3);
    let same = rep.patch(&path, json!({"authority": {"state": "met"}})).await.expect(200);
    assert_eq!(same.etag(), record.etag(), "nothing changed");
});

on_both_databases!(async fn faults_point_into_the_record(app) {
    let rep = app.sign_in(Role::Rep).await;
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}/bant", lead.id());
    let body = json!({"budget": {"state": "mett", "level": 9}, "needs": {}});
    let problem = rep.patch(&path, body).await.problem(422);
    let pointers: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|fault| fault["pointer"].as_str().unwrap()).collect();
    for pointer in ["#/budget/state", "#/budget/level", "#/needs"] {
        assert!(pointers.contains(&pointer), "{pointer}: {problem}");
    }
    rep.with("If-Match", "\"9.0.1\"").patch(&path, json!({"need": {"state": "met"}})).await.problem(412);
    app.sign_in(Role::Rep).await.patch(&path, json!({"need": {"state": "met"}})).await.problem(404);
});
