use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_team, create};

on_both_databases!(async fn the_first_one_gets_it(app) {
    let (admin, one, two) = (app.admin().await, app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}/claim", lead.id());
    let (a, b) = tokio::join!(one.post(&path, json!({})), two.post(&path, json!({})));
    let (winner, loser, won, lost) = if a.status == 200 { (&one, &two, a, b) } else { (&two, &one, b, a) };
    assert_eq!(won.expect(200)["owner_id"], json!(winner.user));
    lost.problem(404);
    let again = winner.post(&path, json!({})).await.expect(200);
    assert_eq!(again["version"], 2, "claiming one's own changes nothing");
    loser.get(format!("/leads/{}", lead.id())).await.problem(404);
    let problem = admin.post(&path, json!({})).await.problem(409);
    assert_eq!((&problem["code"], &problem["owner_id"]), (&json!("state-conflict"), &json!(winner.user)));
});

on_both_databases!(async fn a_team_has_its_leads_for_itself_and_programs_claim_nothing(app) {
    let (admin, inside, outside) = (app.admin().await, app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let team = a_team(&admin, "Sales", &[&inside]).await;
    let lead = create(&admin, "Jane Doe").await;
    let path = format!("/leads/{}", lead.id());
    admin.post(format!("{path}/assign"), json!({"team_id": team, "reason": "workload"})).await.expect(200);
    outside.post(format!("{path}/claim"), json!({})).await.problem(404);
    let key = admin.post("/api-keys", json!({"name": "Sync", "scopes": ["leads:read", "leads:write"]})).await.expect(201);
    app.anonymous().bearer(&key.text_of("key")).post(format!("{path}/claim"), json!({})).await.problem(403);
    inside.post(format!("{path}/claim"), json!({})).await.expect(200);
});
