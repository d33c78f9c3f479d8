use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_rule, order, rules};

on_both_databases!(async fn a_new_rule_makes_room_for_itself(app) {
    let manager = app.sign_in(Role::Manager).await;
    rules(&manager, &["a", "b"]).await;
    for (name, position) in [("first", 1), ("third", 3), ("last", 99)] {
        let mut rule = a_rule(name);
        rule["position"] = json!(position);
        manager.post("/routing-rules", rule).await.expect(201);
    }
    assert_eq!(order(&manager).await, ["first", "a", "third", "b", "last"]);
});

on_both_databases!(async fn a_rule_gives_leads_to_people_of_the_organization(app) {
    let admin = app.admin().await;
    let rep = app.sign_in(Role::Rep).await.user.unwrap();
    let team = admin.post("/teams", json!({"name": "West", "member_ids": [rep]})).await.expect(201).id();
    let theirs = app.stranger().await.user.unwrap();
    let with = |assign: serde_json::Value| {
        let mut rule = a_rule("rule");
        rule["assign"] = assign;
        admin.post("/routing-rules", rule)
    };
    assert_eq!(with(json!({"user_id": rep})).await.expect(201)["assign"], json!({"user_id": rep}));
    let dealt = with(json!({"team_id": team})).await.expect(201);
    assert_eq!(dealt["assign"], json!({"team_id": team, "strategy": "round_robin"}));
    for (assign, pointer) in [
        (json!({"user_id": theirs}), "#/assign/user_id"),
        (json!({"user_id": "me"}), "#/assign/user_id"),
        (json!({"team_id": theirs}), "#/assign/team_id"),
        (json!({}), "#/assign"),
        (json!({"user_id": rep, "queue": "inbound"}), "#/assign"),
        (json!({"queue": "inbound", "strategy": "round_robin"}), "#/assign/strategy"),
    ] {
        let problem = with(assign.clone()).await.problem(422);
        assert_eq!(problem["errors"][0]["pointer"], pointer, "{assign}");
    }
    let problem = with(json!({"team_id": team, "strategy": "least_loaded"})).await.problem(422);
    let detail = problem["errors"][0]["detail"].as_str().unwrap();
    assert!(detail.contains("round_robin"), "the strategies that there are: {detail}");
});

on_both_databases!(async fn all_faults_of_condition_and_target_come_at_once(app) {
    let when = json!({"all": [{"field": "ratng", "op": "eq", "value": "hot"}, {"field": "score", "op": "gt", "value": "x"}]});
    let assign = json!({"user_id": "01981f6e-7a3c-7d4b-9c2f-3b1d5e8a9c00"});
    let rule = json!({"name": "rule", "when": when, "assign": assign});
    let problem = app.admin().await.post("/routing-rules", rule).await.problem(422);
    let faults = problem["errors"].as_array().unwrap();
    let pointers: Vec<&str> = faults.iter().map(|fault| fault["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["#/when/all/0/field", "#/when/all/1/value", "#/assign/user_id"]);
    assert_eq!(faults[0]["suggestion"], "rating");
});

on_both_databases!(async fn who_does_not_manage_routing_adds_none(app) {
    for role in [Role::Marketer, Role::Rep, Role::Viewer] {
        app.sign_in(role).await.post("/routing-rules", a_rule("rule")).await.problem(403);
    }
});
