use leadwright_domain::access::Role;
use leadwright_tests::{ADMIN_EMAIL, on_both_databases};
use serde_json::json;

use super::a_user;

on_both_databases!(async fn a_new_user_signs_in(app) {
    let admin = app.admin().await;
    let body = json!({"email": "Ann <Ann@Example.com>", "name": " Ann ", "role": "rep", "password": "eight-ok"});
    let user = admin.post("/users", body).await.expect(201);
    assert_eq!((user["email"].as_str(), user["name"].as_str()), (Some("ann@example.com"), Some("Ann")));
    assert_eq!(user.header("location"), format!("/api/v1/users/{}", user.id()));
    let login = json!({"email": "ann@example.com", "password": "eight-ok"});
    app.anonymous().post("/auth/login", login).await.expect(200);
    assert_eq!(admin.get(format!("/users/{}", user.id())).await.json, user.json);
});

on_both_databases!(async fn an_address_belongs_to_one_person_of_the_installation(app) {
    let mut body = a_user("x", "rep");
    body["email"] = json!(ADMIN_EMAIL.to_uppercase());
    for caller in [app.admin().await, app.stranger().await] {
        let problem = caller.post("/users", body.clone()).await.problem(409);
        assert_eq!((problem["code"].as_str(), problem["field"].as_str()), (Some("already-exists"), Some("email")));
    }
});

on_both_databases!(async fn all_faults_come_at_once(app) {
    let admin = app.admin().await;
    let body = json!({"email": "ann@", "name": "", "role": "boss", "password": "short"});
    let problem = admin.post("/users", body).await.problem(422);
    for pointer in ["#/name", "#/role", "#/password"] {
        assert!(problem["errors"].as_array().unwrap().iter().any(|fault| fault["pointer"] == pointer), "{problem}");
    }
    assert!(!problem.to_string().contains("short\\\""), "a password is never repeated: {problem}");
    let body = json!({"email": "ann", "name": "Ann", "role": "rep", "password": "password1"});
    let problem = admin.post("/users", body).await.problem(422);
    let codes: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|fault| fault["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["invalid_email", "guessable"]);
});

on_both_databases!(async fn a_repeat_adds_nobody(app) {
    let admin = app.admin().await.with("Idempotency-Key", "ann");
    let first = admin.post("/users", a_user("ann", "rep")).await.expect(201);
    let again = admin.post("/users", a_user("ann", "rep")).await.expect(201);
    assert_eq!((again.header("idempotency-replayed"), &again.json), ("true", &first.json));
});

on_both_databases!(async fn nobody_makes_somebody_who_may_do_more(app) {
    for role in [Role::Manager, Role::Marketer, Role::Rep, Role::Viewer] {
        app.sign_in(role).await.post("/users", a_user("x", "viewer")).await.problem(403);
    }
    let admin = app.admin().await;
    let scopes = json!(["users:write", "users:read", "leads:read", "reports:read", "config:read"]);
    let key = admin.post("/api-keys", json!({"name": "Directory", "scopes": scopes})).await.expect(201);
    let program = app.anonymous().bearer(&key.text_of("key"));
    program.post("/users", a_user("viewer", "viewer")).await.expect(201);
    let problem = program.post("/users", a_user("admin2", "admin")).await.problem(403);
    assert!(problem["detail"].as_str().unwrap().contains("leads:write"));
});
