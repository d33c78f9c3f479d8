use std::collections::BTreeMap;

use futures_util::future::join_all;
use leadwright_domain::access::Role;
use leadwright_tests::{Client, TestApp, on_both_databases};
use serde_json::{Value, json};

use super::{jane, jane_with};

async fn a_rule(admin: &Client, position: i64, when: Value, assign: Value) -> String {
    let rule = json!({"name": format!("Rule {position}"), "position": position, "when": when, "assign": assign});
    admin.post("/routing-rules", rule).await.expect(201).id()
}

async fn a_team(app: &TestApp, size: usize) -> (String, Vec<String>) {
    let mut members = Vec::new();
    for _ in 0..size {
        members.push(app.sign_in(Role::Rep).await.user.unwrap().to_string());
    }
    let team = app.admin().await.post("/teams", json!({"name": "Ring", "member_ids": members})).await.expect(201);
    (team.id(), members)
}

on_both_databases!(async fn the_first_rule_that_fits_decides_and_says_why(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    let us = json!({"field": "country", "op": "eq", "value": "US"});
    let first = a_rule(&admin, 1, us, json!({"user_id": rep.user})).await;
    a_rule(&admin, 2, json!({"all": []}), json!({"queue": "inbound"})).await;

    let american = admin.post("/leads", jane_with("us", json!({"country": "US"}))).await.expect(201);
    assert_eq!(american["owner_id"], json!(rep.user));
    let route = &app.events_of(&american.id()).await[0].data["route"];
    assert_eq!(route["rule"], first, "{route}");
    assert!(route["trace"].as_array().is_some_and(|trace| !trace.is_empty()), "{route}");

    let french = admin.post("/leads", jane_with("fr", json!({"country": "FR"}))).await.expect(201);
    assert_eq!(french["owner_id"], Value::Null);
});

on_both_databases!(async fn a_given_owner_is_not_routed_away(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    a_rule(&admin, 1, json!({"all": []}), json!({"user_id": rep.user})).await;
    let lead = admin.post("/leads", jane_with("own", json!({"owner_id": admin.user}))).await.expect(201);
    assert_eq!(lead["owner_id"], json!(admin.user));
    assert_eq!(app.events_of(&lead.id()).await[0].data["route"], Value::Null);
});

on_both_databases!(async fn a_ring_deals_evenly_at_one_moment(app) {
    let admin = app.admin().await;
    let (team, members) = a_team(&app, 3).await;
    a_rule(&admin, 1, json!({"all": []}), json!({"team_id": team, "strategy": "round_robin"})).await;
    let names: Vec<String> = (0..30).map(|number| format!("n{number}")).collect();
    let replies = join_all(names.iter().map(|name| admin.post("/leads", jane(name)))).await;
    let mut shares: BTreeMap<String, usize> = BTreeMap::new();
    for reply in replies {
        let lead = reply.expect(201);
        assert_eq!(lead["team_id"], team);
        *shares.entry(lead.text_of("owner_id")).or_default() += 1;
    }
    assert_eq!(shares, members.into_iter().map(|member| (member, 10)).collect());
});

on_both_databases!(async fn who_left_gets_nothing_and_the_others_go_on(app) {
    let admin = app.admin().await;
    let (team, members) = a_team(&app, 3).await;
    a_rule(&admin, 1, json!({"all": []}), json!({"team_id": team, "strategy": "round_robin"})).await;
    admin.post("/leads", jane("one")).await.expect(201);
    admin.patch(format!("/users/{}", members[1]), json!({"active": false})).await.expect(200);
    let mut owners = Vec::new();
    for name in ["two", "three", "four", "five"] {
        owners.push(admin.post("/leads", jane(name)).await.expect(201).text_of("owner_id"));
    }
    assert!(!owners.contains(&members[1]), "{owners:?}");
    assert_eq!(owners.iter().filter(|owner| **owner == members[0]).count(), 2);
});

on_both_databases!(async fn a_known_lead_takes_no_turn(app) {
    let admin = app.admin().await;
    let (team, _) = a_team(&app, 2).await;
    a_rule(&admin, 1, json!({"all": []}), json!({"team_id": team, "strategy": "round_robin"})).await;
    let first = admin.post("/leads", jane("one")).await.expect(201).text_of("owner_id");
    admin.post("/leads", jane("one")).await.problem(409);
    admin.post("/leads?duplicates=update", jane_with("one", json!({"city": "Rome"}))).await.expect(200);
    let second = admin.post("/leads", jane("two")).await.expect(201).text_of("owner_id");
    assert_ne!(first, second);
});
