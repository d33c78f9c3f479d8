use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::rules;

on_both_databases!(async fn a_rule_reads_back_as_it_was_written(app) {
    let admin = app.admin().await;
    let when = json!({"any": [{"field": "rating", "op": "eq", "value": "hot"}, {"not": {"field": "email", "op": "exists", "value": true}}]});
    let rule = json!({"name": "rule", "when": when, "assign": {"queue": "inbound"}, "active": false});
    let created = admin.post("/routing-rules", rule).await.expect(201);
    let read = app.sign_in(Role::Viewer).await.get(format!("/routing-rules/{}", created.id())).await.expect(200);
    assert_eq!((&read["when"], &read["active"], &read["broken"]), (&when, &json!(false), &json!([])));
    assert_eq!(read.json, created.json);
});

on_both_databases!(async fn another_organizations_rule_is_not_found(app) {
    let theirs = rules(&app.stranger().await, &["strange"]).await;
    app.admin().await.get(&theirs[0]).await.problem(404);
});
