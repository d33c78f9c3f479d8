use chrono::TimeDelta;
use leadwright_app::worker;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::create;

on_both_databases!(async fn what_was_merged_is_listed(app) {
    let admin = app.admin().await;
    let (one, two, three) = (create(&admin, "One").await.id(), create(&admin, "Two").await.id(), create(&admin, "Three").await.id());
    for other in [&two, &three] {
        admin.post(format!("/leads/{one}/merge"), json!({"with": [other]})).await.expect(200);
    }
    let merges = admin.get(format!("/leads/{one}/merges?limit=1")).await.expect(200);
    assert_eq!((&merges["data"][0]["lead_id"], &merges["data"][0]["undoable"]), (&json!(three), &json!(true)));
    assert_eq!(merges["data"][0]["actor"]["id"], json!(app.admin));
    let cursor = merges["page"]["next_cursor"].as_str().unwrap();
    let rest = admin.get(format!("/leads/{one}/merges?limit=1&cursor={cursor}")).await.expect(200);
    assert_eq!((&rest["data"][0]["lead_id"], &rest["page"]["has_more"]), (&json!(two), &json!(false)));
    let there = admin.get(format!("/leads/{two}/merges")).await.expect(308);
    assert_eq!(there.header("location"), format!("/api/v1/leads/{one}/merges"));

    // What could be taken back is forgotten when it can't be any more: it is personal data.
    app.advance(TimeDelta::days(31));
    worker::round(&app.app).await.unwrap();
    let old = admin.get(format!("/leads/{one}/merges")).await.expect(200);
    assert_eq!(old["data"][0]["undoable"], json!(false));
    let refused = admin.post(format!("/leads/{two}/unmerge"), json!({})).await.problem(409);
    assert_eq!(refused["code"], "state-conflict");
    assert!(refused["undo_until"].is_string(), "{refused}");
});
