use chrono::TimeDelta;
use leadwright_domain::access::Role;
use leadwright_tests::{ADMIN_EMAIL, ADMIN_PASSWORD, on_both_databases};
use serde_json::json;

on_both_databases!(async fn somebody_sees_where_they_are_signed_in(app) {
    let login = json!({"email": ADMIN_EMAIL, "password": ADMIN_PASSWORD});
    let phone = app.anonymous().with("User-Agent", "Phone").post("/auth/login", login.clone()).await.expect(200);
    let desk = app.anonymous().with("User-Agent", "Desk").post("/auth/login", login).await.expect(200);
    app.sign_in(Role::Rep).await;
    let list = app.anonymous().bearer(&phone.text_of("access_token")).get("/me/sessions").await.expect(200);
    let seen: Vec<_> = list["data"]
        .as_array()
        .unwrap()
        .iter()
        .map(|session| (session["user_agent"].as_str(), session["current"].as_bool().unwrap()))
        .collect();
    assert_eq!(seen, [(Some("Desk"), false), (Some("Phone"), true)]);
    assert!(!list.text.contains(&desk.text_of("refresh_token")));
});

on_both_databases!(async fn a_program_has_none(app) {
    let key = app.admin().await.post("/api-keys", json!({"name": "Shop", "scopes": ["leads:read"]})).await.expect(201);
    app.anonymous().bearer(&key.text_of("key")).get("/me/sessions").await.problem(403);
});

on_both_databases!(async fn sessions_that_ended_long_ago_are_forgotten(app) {
    let admin = app.admin().await;
    let before = app.counts(["sessions", "refresh_tokens"]).await;
    admin.post("/auth/login", json!({"email": ADMIN_EMAIL, "password": ADMIN_PASSWORD})).await.expect(200);
    app.advance_wall_clock(TimeDelta::days(100));
    leadwright_app::worker::round(&app.app).await.unwrap();
    assert_eq!(app.counts(["sessions", "refresh_tokens"]).await, [before[0] + 1, before[1] + 1], "kept for a while");
    app.advance_wall_clock(TimeDelta::days(30));
    leadwright_app::worker::round(&app.app).await.unwrap();
    assert_eq!(app.counts(["sessions", "refresh_tokens"]).await, [0, 0]);
});
