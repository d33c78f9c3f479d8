//! References of a write to records of another organization: they are as unknown as ids that were made up.

use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use crate::leads::{jane, jane_with};

on_both_databases!(async fn foreign_ids_in_a_body_are_unknown(app) {
    let (admin, stranger) = (app.admin().await, app.stranger().await);
    let rep = app.sign_in(Role::Rep).await.user;
    let team = admin.post("/teams", json!({"name": "East", "member_ids": [rep]})).await.expect(201).id();
    let lead = jane("ann");
    for (member, id) in [("owner_id", json!(rep)), ("team_id", json!(team))] {
        let mut lead = lead.clone();
        lead[member] = id;
        stranger.post("/leads", lead).await.problem(422);
    }
    stranger.post("/teams", json!({"name": "Theirs", "member_ids": [rep]})).await.problem(422);
    for assign in [json!({"user_id": rep}), json!({"team_id": team, "strategy": "round_robin"})] {
        let rule = json!({"name": "All", "position": 1, "when": {"all": []}, "assign": assign});
        stranger.post("/routing-rules", rule).await.problem(422);
    }
    let theirs = stranger.post("/leads", lead.clone()).await.expect(201).id();
    for (member, id) in [("user_id", json!(rep)), ("team_id", json!(team))] {
        let mut wish = json!({"reason": "workload"});
        wish[member] = id.clone();
        stranger.post(format!("/leads/{theirs}/assign"), wish).await.problem(422);
        let owned = json!({member.replace("user", "owner"): id});
        stranger.patch(format!("/leads/{theirs}"), owned).await.problem(422);
    }
});

on_both_databases!(async fn a_batch_reaches_no_foreign_lead(app) {
    let (admin, stranger) = (app.admin().await, app.stranger().await);
    let made = admin.post("/leads", jane_with("ann", json!({"external_ids": {"crm": "1"}}))).await.expect(201);
    let operations = json!([
        {"op": "update", "id": made.id(), "lead": {"city": "Rome"}},
        {"op": "upsert", "lead": jane_with("ann", json!({"external_ids": {"crm": "1"}, "city": "Rome"}))},
    ]);
    let batch = stranger.post("/leads/batch", json!({"operations": operations})).await.expect(200);
    assert_eq!((&batch["data"][0]["status"], &batch["data"][0]["id"]), (&json!(404), &json!(null)), "{}", batch.text);
    assert_eq!(batch["data"][1]["outcome"], "created");
    assert_ne!(batch["data"][1]["id"], made.id());
    stranger.post("/leads/batch", json!({"operations": operations, "atomic": true})).await.problem(404);
    assert_eq!(admin.get(format!("/leads/{}", made.id())).await.expect(200).json, made.json);
});

on_both_databases!(async fn the_same_person_may_be_a_lead_of_two_organizations(app) {
    let lead = jane_with("ann", json!({"external_ids": {"crm": "1"}}));
    app.admin().await.with("Idempotency-Key", "k").post("/leads", lead.clone()).await.expect(201);
    app.stranger().await.with("Idempotency-Key", "k").post("/leads", lead).await.expect(201);
});
