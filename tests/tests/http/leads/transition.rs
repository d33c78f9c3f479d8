use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_team, all_met, create_own};

on_both_databases!(async fn a_lead_goes_its_way(app) {
    let rep = app.sign_in(Role::Rep).await;
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}", lead.id());
    let moved = rep.post(format!("{path}/transitions"), json!({"to": "contacted"})).await.expect(200);
    assert_eq!((&moved["status"], &moved["version"]), (&json!("contacted"), &json!(2)));
    assert_eq!(moved["allowed_transitions"], json!(["qualified", "nurture", "unqualified"]));
    assert_eq!(moved["suggested_action"], "schedule_follow_up");
    assert_eq!(rep.get(&path).await.etag(), moved.etag());
    rep.patch(format!("{path}/bant"), all_met()).await.expect(200);
    let qualified = rep.post(format!("{path}/transitions"), json!({"to": "qualified"})).await.expect(200);
    assert!(qualified["qualified_at"].is_string());
});

on_both_databases!(async fn an_illegal_move_names_the_legal_ones(app) {
    let rep = app.sign_in(Role::Rep).await;
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}/transitions", lead.id());
    let problem = rep.post(&path, json!({"to": "converted"})).await.problem(409);
    assert_eq!(problem["code"], "illegal-transition");
    assert_eq!(problem["allowed_transitions"], json!(["contacted", "nurture", "unqualified"]));
    // Legal by the table, but not by hand.
    let admin = app.admin().await;
    admin.post(&path, json!({"to": "contacted"})).await.expect(200);
    admin.post(&path, json!({"to": "qualified", "override": true, "note": "They signed"})).await.expect(200);
    let problem = admin.post(&path, json!({"to": "converted"})).await.problem(409);
    assert!(problem["allowed_transitions"].as_array().unwrap().contains(&json!("nurture")));
});

on_both_databases!(async fn what_is_not_confirmed_is_named_and_a_manager_passes_over_it(app) {
    let (rep, manager) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Manager).await);
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}", lead.id());
    rep.post(format!("{path}/transitions"), json!({"to": "contacted"})).await.expect(200);
    rep.patch(format!("{path}/bant"), json!({"need": {"state": "met"}, "budget": {"state": "not_met"}})).await.expect(200);
    let problem = rep.post(format!("{path}/transitions"), json!({"to": "qualified"})).await.problem(409);
    assert_eq!(problem["code"], "bant-incomplete");
    assert_eq!(problem["missing"], json!(["budget", "authority", "timeline"]));
    let by_override = json!({"to": "qualified", "override": true, "note": "The board said yes"});
    rep.post(format!("{path}/transitions"), by_override.clone()).await.problem(403);
    a_team(&app.admin().await, "Sales", &[&rep, &manager]).await;
    let admin = app.admin().await;
    admin.post(format!("{path}/assign"), json!({"user_id": rep.user, "reason": "workload"})).await.expect(200);
    let unexplained = json!({"to": "qualified", "override": true});
    let problem = manager.post(format!("{path}/transitions"), unexplained).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "#/note");
    manager.post(format!("{path}/transitions"), by_override).await.expect(200);
    let history = manager.get(format!("{path}/history")).await.expect(200);
    assert_eq!(history["data"][0]["overridden"], json!(["budget", "authority", "timeline"]));
    assert_eq!((&history["data"][0]["way"], &history["data"][0]["note"]), (&json!("by_override"), &json!("The board said yes")));
});

on_both_databases!(async fn setting_aside_needs_a_reason(app) {
    let rep = app.sign_in(Role::Rep).await;
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}/transitions", lead.id());
    for to in ["nurture", "unqualified"] {
        let problem = rep.post(&path, json!({"to": to})).await.problem(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("#/reason"), &json!("required")));
    }
    let problem = rep.post(&path, json!({"to": "nurture", "reason": "bad_time"})).await.problem(422);
    assert_eq!(problem["errors"][0]["suggestion"], "bad_timing");
    let problem = rep.post(&path, json!({"to": "contacted", "override": true})).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "#/override");
    let moved = rep.post(&path, json!({"to": "nurture", "reason": "bad_timing"})).await.expect(200);
    assert_eq!((&moved["status"], &moved["status_reason"]), (&json!("nurture"), &json!("bad_timing")));
});

on_both_databases!(async fn two_at_once_and_the_same_twice(app) {
    let rep = app.sign_in(Role::Rep).await;
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}/transitions", lead.id());
    let holder = rep.with("If-Match", lead.etag()).with("Idempotency-Key", "move");
    holder.post(&path, json!({"to": "contacted"})).await.expect(200);
    let again = holder.post(&path, json!({"to": "contacted"})).await.expect(200);
    assert_eq!(again.header("idempotency-replayed"), "true");
    rep.with("If-Match", lead.etag()).post(&path, json!({"to": "unqualified", "reason": "other"})).await.problem(412);
});

on_both_databases!(async fn somebody_else_may_not(app) {
    let (rep, other) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}/transitions", lead.id());
    other.post(&path, json!({"to": "contacted"})).await.problem(404);
    app.stranger().await.post(&path, json!({"to": "contacted"})).await.problem(404);
    app.sign_in(Role::Viewer).await.post(&path, json!({"to": "contacted"})).await.problem(403);
    rep.delete(format!("/leads/{}", lead.id())).await.expect(204);
    assert_eq!(rep.post(&path, json!({"to": "contacted"})).await.problem(409)["code"], "archived");
});
