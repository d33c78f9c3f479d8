use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{faults, jane, jane_with};

const TABLES: [&str; 6] = ["leads", "events", "submissions", "idempotency_keys", "routing_pools", "lead_external_ids"];

on_both_databases!(async fn it_says_what_would_happen_and_keeps_nothing(app) {
    let admin = app.admin().await;
    let (ann, bob) = (app.sign_in(Role::Rep).await.user.unwrap(), app.sign_in(Role::Rep).await.user.unwrap());
    let team = admin.post("/teams", json!({"name": "East", "member_ids": [ann, bob]})).await.expect(201).id();
    let rule = json!({"name": "All", "position": 1, "when": {"all": []}, "assign": {"team_id": team, "strategy": "round_robin"}});
    let rule = admin.post("/routing-rules", rule).await.expect(201).id();
    let (before, last) = (app.counts(TABLES).await, app.last_event().await);

    let wish = jane_with("doe", json!({"external_ids": {"crm": "1"}, "email": "DOE@example.com"}));
    let first = admin.post("/leads?dry_run=true", wish.clone()).await.expect(200);
    assert_eq!((&first["action"], &first["events"]), (&json!("created"), &json!(["lead.created"])));
    assert_eq!((&first["lead"]["email"], &first["lead"]["id"]), (&json!("doe@example.com"), &json!(uuid::Uuid::nil())));
    assert_eq!(first["route"]["rule"], rule, "{}", first["route"]);
    let owner = first["lead"]["owner_id"].clone();
    let again = admin.post("/leads?dry_run=true", wish.clone()).await.expect(200);
    assert_eq!(again["lead"]["owner_id"], owner, "no turn was taken");

    assert_eq!((app.counts(TABLES).await, app.last_event().await), (before, last));
    assert_eq!(admin.post("/leads", wish).await.expect(201)["owner_id"], owner);
});

on_both_databases!(async fn it_tells_of_duplicates_and_changes(app) {
    let admin = app.admin().await;
    let known = admin.post("/leads", jane("doe")).await.expect(201);
    let refused = admin.post("/leads?dry_run=true", jane("doe")).await.expect(200);
    assert_eq!((&refused["action"], &refused["duplicates"][0]["lead"]), (&json!("refused"), &known["id"]));
    let wish = jane_with("doe", json!({"city": "Rome"}));
    let updated = admin.post("/leads?dry_run=true&duplicates=update", wish).await.expect(200);
    assert_eq!((&updated["action"], &updated["changes"]), (&json!("updated"), &json!(["city"])));
    assert_eq!(app.stored_lead(&known.id()).await.version, 1);
});

on_both_databases!(async fn faults_are_faults(app) {
    let problem = app.admin().await.post("/leads?dry_run=true", jane_with("doe", json!({"email": "x"}))).await;
    assert_eq!(faults(&problem.problem(422)), [("#/email", "invalid_email")]);
});
