use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::create_own;

on_both_databases!(async fn a_new_lead_is_unknown_in_all_parts(app) {
    let rep = app.sign_in(Role::Rep).await;
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}/bant", lead.id());
    let record = rep.get(&path).await.expect(200);
    for part in ["budget", "authority", "need", "timeline"] {
        assert_eq!(record[part]["state"], "unknown");
    }
    assert_eq!((&record["completeness"], &record["changed_by"]), (&json!(0), &json!(null)));
    assert_eq!(rep.with("If-None-Match", record.etag()).get(&path).await.status, 304);
    app.sign_in(Role::Rep).await.get(&path).await.problem(404);
    app.sign_in(Role::Viewer).await.get(&path).await.expect(200);
});
