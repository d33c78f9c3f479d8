use chrono::TimeDelta;
use leadwright_domain::access::Role;
use leadwright_tests::{ADMIN_EMAIL, ADMIN_PASSWORD, on_both_databases};
use serde_json::json;

use super::log_in;

on_both_databases!(async fn the_password_opens_a_session(app) {
    let tokens = log_in(&app).await;
    assert_eq!((tokens["token_type"].as_str(), tokens["expires_in"].as_i64()), (Some("Bearer"), Some(900)));
    assert_eq!(tokens.header("cache-control"), "no-store");
    let me = app.anonymous().bearer(&tokens.text_of("access_token")).get("/me").await.expect(200);
    assert_eq!(me["user"]["email"], ADMIN_EMAIL);
});

on_both_databases!(async fn an_address_is_known_however_it_is_written(app) {
    let body = json!({"email": " ADMIN@Example.com ", "password": ADMIN_PASSWORD});
    app.anonymous().post("/auth/login", body).await.expect(200);
});

on_both_databases!(async fn every_failure_looks_the_same(app) {
    let admin = app.admin().await;
    let body = json!({"email": "gone@example.com", "name": "Gone", "role": "rep", "password": ADMIN_PASSWORD});
    let gone = admin.post("/users", body).await.expect(201);
    admin.patch(format!("/users/{}", gone.id()), json!({"active": false})).await.expect(200);

    let attempt = |email, password| {
        let anonymous = app.anonymous().with("X-Request-Id", "one-of-many");
        async move { anonymous.post("/auth/login", json!({"email": email, "password": password})).await.problem(401) }
    };
    let wrong = attempt(ADMIN_EMAIL, "wrong").await;
    assert_eq!(wrong["code"], "sign-in-failed");
    assert_eq!(attempt("nobody@example.com", "wrong").await, wrong);
    assert_eq!(attempt("gone@example.com", ADMIN_PASSWORD).await, wrong);
    assert_eq!(attempt("not an address", "wrong").await, wrong);
});

on_both_databases!(async fn too_many_failures_have_to_wait(app) {
    let guess = json!({"email": "somebody@example.com", "password": "guess"});
    for _ in 0..10 {
        app.anonymous().post("/auth/login", guess.clone()).await.problem(401);
    }
    let reply = app.anonymous().post("/auth/login", guess.clone()).await;
    let wait: i64 = reply.header("retry-after").parse().unwrap();
    assert!((590..=600).contains(&wait), "{wait}");
    assert_eq!(reply.problem(429)["code"], "too-many-attempts");
    log_in(&app).await;
    app.advance_wall_clock(TimeDelta::seconds(wait));
    app.anonymous().post("/auth/login", guess).await.problem(401);
});

on_both_databases!(async fn a_body_that_is_no_login_says_why(app) {
    let problem = app.anonymous().post("/auth/login", json!({"email": "", "pasword": "x"})).await.problem(422);
    let pointers: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|fault| fault["pointer"].as_str().unwrap()).collect();
    for pointer in ["#/email", "#/password", "#/pasword"] {
        assert!(pointers.contains(&pointer), "{pointer}: {problem}");
    }
    assert!(!problem.to_string().contains("\"x\""), "a password is never repeated");
});

on_both_databases!(async fn a_role_that_changes_changes_the_next_request(app) {
    let rep = app.sign_in(Role::Rep).await;
    let source = json!({"name": "Fair", "direction": "outbound"});
    rep.post("/lead-sources", source.clone()).await.problem(403);
    let path = format!("/users/{}", rep.user.unwrap());
    app.admin().await.patch(path, json!({"role": "marketer"})).await.expect(200);
    rep.post("/lead-sources", source).await.expect(201);
});

on_both_databases!(async fn whoever_signs_in_holds_no_import_up(app) {
    log_in(&app).await;
    assert!(!app.app.traffic.lately());
});
