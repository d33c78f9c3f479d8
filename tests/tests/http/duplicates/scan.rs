use leadwright_tests::on_both_databases;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{a_pair, at_acme};
use crate::imports::work;

on_both_databases!(async fn everybody_is_compared(app) {
    let admin = app.admin().await;
    let (_, _, pair) = a_pair(&admin).await;
    admin.post("/leads", at_acme("Grace Hopper", "grace@navy.example")).await.expect(201);
    // As if nobody had ever been compared.
    let database = app.database().await;
    for table in ["lead_match_keys", "duplicate_pairs"] {
        database.execute_unprepared(&format!("DELETE FROM {table}")).await.unwrap();
    }
    database.close().await.unwrap();

    let asked = admin.post("/duplicates/scan", json!({})).await.expect(202);
    let job = asked.header("location").trim_start_matches("/api/v1").to_owned();
    assert_eq!(admin.post("/duplicates/scan", json!({})).await.expect(202).id(), asked.id(), "one at a time");
    assert_eq!(work(&admin).await, 1);
    let done = admin.get(&job).await.expect(200);
    assert_eq!((&done["state"], &done["kind"], &done["progress"]["percent"]), (&json!("succeeded"), &json!("duplicate_scan"), &json!(100)));
    assert_eq!(done["result"], json!({"examined": 3, "found": 1, "closed": 0}));
    assert_eq!(app.counts(["lead_match_keys", "duplicate_pairs"]).await, [3, 1]);
    let found = admin.get("/duplicates").await.expect(200);
    assert_eq!((&found["data"][0]["similarity"], &found["data"][0]["leads"]), (&pair["similarity"], &pair["leads"]));

    // Another threshold and no nicknames: the scan applies them.
    admin.patch("/organization", json!({"match_nicknames": false})).await.expect(200);
    admin.post("/duplicates/scan", json!({})).await.expect(202);
    work(&admin).await;
    assert_eq!(admin.get("/duplicates").await.expect(200)["data"], json!([]));
});
