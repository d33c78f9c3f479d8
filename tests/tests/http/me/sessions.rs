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
