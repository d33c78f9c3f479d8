use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::create_own;

on_both_databases!(async fn marketing_hands_over_and_sales_gives_back(app) {
    let (rep, marketer) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Marketer).await);
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}/stage-transitions", lead.id());
    rep.post(&path, json!({"to": "marketing_qualified"})).await.problem(403);
    marketer.post(&path, json!({"to": "marketing_qualified"})).await.expect(200);
    let problem = rep.post(&path, json!({"to": "sales_qualified"})).await.problem(409);
    assert_eq!(problem["allowed_stages"], json!(["sales_accepted", "sales_rejected"]));
    let problem = rep.post(&path, json!({"to": "sales_rejected"})).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "#/reason");
    let back = rep.post(&path, json!({"to": "sales_rejected", "reason": "bad_timing"})).await.expect(200);
    assert_eq!((&back["stage"], &back["status"]), (&json!("sales_rejected"), &json!("nurture")));
    let history = rep.get(format!("/leads/{}/history", lead.id())).await.expect(200);
    let kinds: Vec<&str> = history["data"].as_array().unwrap().iter().map(|one| one["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["status", "stage", "stage"]);
});

on_both_databases!(async fn a_disposition_belongs_to_a_rejection(app) {
    let (rep, marketer) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Marketer).await);
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}/stage-transitions", lead.id());
    marketer.post(&path, json!({"to": "marketing_qualified"})).await.expect(200);
    let body = json!({"to": "sales_accepted", "disposition": "nurture"});
    assert_eq!(rep.post(&path, body).await.problem(422)["errors"][0]["pointer"], "#/disposition");
    let body = json!({"to": "sales_rejected", "reason": "no_need", "disposition": "unqualified"});
    assert_eq!(rep.post(&path, body).await.expect(200)["status"], "unqualified");
});
