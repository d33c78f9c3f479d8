use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::a_source;

on_both_databases!(async fn a_source_gets_a_code_from_its_name(app) {
    let marketer = app.sign_in(Role::Marketer).await;
    let created = marketer.post("/lead-sources", a_source("Harbour Fair 2026")).await.expect(201);
    assert_eq!(created["code"], "harbour_fair_2026");
    assert_eq!(created["active"], true);
    assert_eq!(created.header("location"), format!("/api/v1/lead-sources/{}", created.id()));

    let read = marketer.get(format!("/lead-sources/{}", created.id())).await.expect(200);
    assert_eq!(read.json, created.json);
    assert_eq!(read.etag(), created.etag());
});

on_both_databases!(async fn a_taken_name_or_code_is_refused(app) {
    let admin = app.admin().await;
    admin.post("/lead-sources", a_source("Fair")).await.expect(201);
    let problem = admin.post("/lead-sources", json!({"name": " FAIR ", "code": "fair_2", "direction": "inbound"})).await;
    let problem = problem.problem(409);
    assert_eq!((problem["code"].as_str(), problem["field"].as_str()), (Some("already-exists"), Some("name")));
    let problem = admin.post("/lead-sources", json!({"name": "Other", "code": "fair", "direction": "inbound"})).await;
    assert_eq!(problem.problem(409)["field"], "code");
});

on_both_databases!(async fn all_faults_come_at_once_with_their_repair(app) {
    let body = json!({"name": "  ", "code": "No Code", "direction": "inbund", "colour": "red", "aliases": [1]});
    let problem = app.admin().await.post("/lead-sources", body).await.problem(422);
    let fault = |pointer: &str| {
        let faults = problem["errors"].as_array().unwrap();
        faults.iter().find(|fault| fault["pointer"] == pointer).unwrap_or_else(|| panic!("{pointer}: {problem}"))
    };
    assert_eq!(fault("#/direction")["suggestion"], "inbound");
    assert_eq!(fault("#/colour")["code"], "unknown_field");
    assert_eq!(fault("#/name")["code"], "wrong_format");
    assert_eq!(fault("#/code")["code"], "wrong_format");
    assert_eq!(fault("#/aliases/0")["code"], "wrong_type");
});

on_both_databases!(async fn what_cannot_be_read_is_said_so(app) {
    let admin = app.admin().await;
    admin.post_raw("/lead-sources", "application/json", "{\"name\":").await.problem(400);
    admin.post_raw("/lead-sources", "application/json", "").await.problem(400);
    admin.post_raw("/lead-sources", "application/json", vec![0xff, 0xfe]).await.problem(400);
    admin.post_raw("/lead-sources", "text/csv", "name").await.problem(415);
    admin.post_raw("/lead-sources", "application/json", vec![b' '; 3 << 20]).await.problem(413);
});

on_both_databases!(async fn a_repeat_under_the_same_key_gets_the_first_answer(app) {
    let admin = app.admin().await.with("Idempotency-Key", "fair-1");
    let first = admin.post("/lead-sources", a_source("Fair")).await.expect(201);
    assert_eq!(first.header("idempotency-replayed"), "");
    let again = admin.post("/lead-sources", a_source("Fair")).await.expect(201);
    assert_eq!(again.header("idempotency-replayed"), "true");
    assert_eq!((again.text.as_str(), again.header("location")), (first.text.as_str(), first.header("location")));
    assert_eq!(again.etag(), first.etag());

    let other = admin.post("/lead-sources", a_source("Other fair")).await.problem(422);
    assert_eq!(other["code"], "idempotency-key-reused");
    let somebody = app.sign_in(Role::Admin).await.with("Idempotency-Key", "fair-1");
    somebody.post("/lead-sources", a_source("Other fair")).await.expect(201);

    app.advance(chrono::TimeDelta::hours(25));
    assert_eq!(admin.post("/lead-sources", a_source("Fair")).await.problem(409)["code"], "already-exists");
});

on_both_databases!(async fn a_key_that_failed_is_free_again(app) {
    let admin = app.admin().await.with("Idempotency-Key", "\"quoted-key\"");
    admin.post("/lead-sources", json!({"name": "Fair"})).await.problem(422);
    admin.post("/lead-sources", a_source("Fair")).await.expect(201);
    admin.with("Idempotency-Key", "").post("/lead-sources", a_source("New")).await.problem(422);
});

on_both_databases!(async fn who_may_only_read_is_told_what_is_missing(app) {
    for role in [Role::Manager, Role::Rep, Role::Viewer] {
        let problem = app.sign_in(role).await.post("/lead-sources", a_source("Fair")).await.problem(403);
        assert!(problem["detail"].as_str().unwrap().contains("config:write"));
    }
});
