use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_team, create, create_own};

on_both_databases!(async fn the_rules_are_asked_again(app) {
    let (admin, one, two) = (app.admin().await, app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let leads = [create(&admin, "Jane Doe").await, create(&admin, "John Roe").await];
    let team = a_team(&admin, "Sales", &[&one, &two]).await;
    let rule = json!({"name": "Everything", "when": {"all": []}, "assign": {"team_id": team}});
    admin.post("/routing-rules", rule).await.expect(201);
    let path = |at: usize| format!("/leads/{}", leads[at].id());
    for _ in 0..2 {
        let dry = admin.post(format!("{}/route?dry_run=true", path(0)), json!({})).await.expect(200);
        let members = dry["tried"][0]["members"].as_array().unwrap();
        assert_eq!(members.iter().filter(|one| one["reason"]["code"] == "their_turn").count(), 1, "{dry:?}");
        assert_eq!(dry["rule"]["name"], "Everything");
        assert_eq!(admin.get(path(0)).await["owner_id"], json!(null), "nothing was kept");
    }
    let mut owners = vec![];
    for at in 0..2 {
        let routed = admin.post(format!("{}/route", path(at)), json!({})).await.expect(200);
        let owner = routed["assignment"]["owner_id"].clone();
        assert_eq!(admin.get(path(at)).await["owner_id"], owner);
        owners.push(owner);
    }
    assert_ne!(owners[0], owners[1], "everybody takes a turn");
    let problem = admin.post(format!("{}/route", path(0)), json!({})).await.problem(409);
    assert_eq!(problem["owner_id"], owners[0]);
});

on_both_databases!(async fn a_rule_may_ask_what_the_lead_did(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    let when = json!({"interaction": "event_attended", "count": {"gte": 1}});
    let rule = json!({"name": "Visitors", "when": when, "assign": {"user_id": rep.user}});
    admin.post("/routing-rules", rule).await.expect(201);
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}", lead.id());
    let nobody = admin.post(format!("{path}/route"), json!({})).await.expect(200);
    assert_eq!((&nobody["assignment"], &nobody["tried"][0]["matched"]), (&json!(null), &json!(false)));
    admin.post(format!("{path}/interactions"), json!({"kind": "event_attended"})).await.expect(201);
    let routed = admin.post(format!("{path}/route"), json!({})).await.expect(200);
    assert_eq!(routed["assignment"]["owner_id"], json!(rep.user));
});

on_both_databases!(async fn reps_do_not_route(app) {
    let rep = app.sign_in(Role::Rep).await;
    let lead = create_own(&rep, "Jane Doe").await;
    rep.post(format!("/leads/{}/route", lead.id()), json!({})).await.problem(403);
    app.stranger().await.post(format!("/leads/{}/route", lead.id()), json!({})).await.problem(404);
});

on_both_databases!(async fn the_team_follows_whom_a_rule_names(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    let team = a_team(&admin, "Sales", &[&rep]).await;
    let rule = json!({"name": "All", "when": {"all": []}, "assign": {"user_id": rep.user}});
    let lead = create(&admin, "Jane Doe").await;
    admin.post("/routing-rules", rule).await.expect(201);
    let path = format!("/leads/{}", lead.id());
    admin.with("If-Match", "\"9\"").post(format!("{path}/route?dry_run=true"), json!({})).await.problem(412);
    let routed = admin.post(format!("{path}/route"), json!({})).await.expect(200);
    assert_eq!((&routed["assignment"]["owner_id"], &admin.get(&path).await["team_id"]), (&json!(rep.user), &json!(team)));
    let captured = create(&admin, "John Roe").await;
    assert_eq!((&captured["owner_id"], &captured["team_id"]), (&json!(rep.user), &json!(team)));
});
