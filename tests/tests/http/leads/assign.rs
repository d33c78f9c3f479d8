use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_team, create, create_own};

on_both_databases!(async fn a_manager_gives_a_lead_to_somebody_and_still_sees_it(app) {
    let (admin, manager, rep) = (app.admin().await, app.sign_in(Role::Manager).await, app.sign_in(Role::Rep).await);
    let team = a_team(&admin, "Sales", &[&manager, &rep]).await;
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}", lead.id());
    let wish = json!({"user_id": rep.user, "reason": "special_expertise", "note": "Speaks French"});
    let dry = manager.post(format!("{path}/assign?dry_run=true"), wish.clone()).await.expect(200);
    assert_eq!((&dry["owner_id"], &dry["version"]), (&json!(rep.user), &json!(1)));
    assert_eq!(manager.get(&path).await["owner_id"], json!(null), "nothing was kept");
    let assigned = manager.post(format!("{path}/assign"), wish).await.expect(200);
    assert_eq!((&assigned["owner_id"], &assigned["team_id"]), (&json!(rep.user), &json!(team)));
    rep.get(&path).await.expect(200);
    manager.get(&path).await.expect(200);
    let back = manager.post(format!("{path}/assign"), json!({"user_id": null, "reason": "workload"})).await.expect(200);
    assert_eq!((&back["owner_id"], &back["team_id"]), (&json!(null), &json!(team)));
});

on_both_databases!(async fn who_is_not_there_gets_nothing(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}/assign", lead.id());
    let stranger = app.stranger().await;
    for user in [json!(stranger.user), json!("0199b2a4-5c00-7000-8000-000000000002")] {
        let problem = admin.post(&path, json!({"user_id": user, "reason": "workload"})).await.problem(422);
        assert_eq!((&problem["errors"][0]["pointer"], &problem["errors"][0]["code"]), (&json!("#/user_id"), &json!("unknown_user")));
    }
    admin.patch(format!("/users/{}", rep.user.unwrap()), json!({"active": false})).await.expect(200);
    let problem = admin.post(&path, json!({"user_id": rep.user, "reason": "workload"})).await.problem(422);
    assert_eq!(problem["errors"][0]["code"], "inactive_user");
    assert_eq!(admin.post(&path, json!({"user_id": null})).await.problem(422)["errors"][0]["pointer"], "#/reason");
    assert_eq!(admin.post(&path, json!({"reason": "other"})).await.problem(422)["errors"][0]["code"], "required");
});

on_both_databases!(async fn reps_do_not_give_leads_away_and_versions_are_heeded(app) {
    let rep = app.sign_in(Role::Rep).await;
    let lead = create_own(&rep, "Jane Doe").await;
    let path = format!("/leads/{}/assign", lead.id());
    let wish = json!({"user_id": null, "reason": "workload"});
    rep.post(&path, wish.clone()).await.problem(403);
    app.stranger().await.post(&path, wish.clone()).await.problem(404);
    let admin = app.admin().await;
    admin.with("If-Match", "\"7.0.1\"").post(&path, wish.clone()).await.problem(412);
    admin.with("If-Match", lead.etag()).post(&path, wish).await.expect(200);
});
