use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn keys_are_listed_without_their_secrets(app) {
    let admin = app.admin().await;
    let key = admin.post("/api-keys", json!({"name": "Shop", "scopes": ["leads:read"]})).await.expect(201);
    app.stranger().await.post("/api-keys", json!({"name": "Strange", "scopes": ["leads:read"]})).await.expect(201);
    let list = admin.get("/api-keys").await.expect(200);
    assert_eq!(list["data"].as_array().unwrap().len(), 1);
    assert_eq!(list["data"][0]["created_by"], app.admin.to_string());
    assert!(key.text_of("key").ends_with(list["data"][0]["hint"].as_str().unwrap()));
    assert!(!list.text.contains(&key.text_of("key")));
    assert!(list["data"][0]["last_used_at"].is_null());

    app.anonymous().bearer(&key.text_of("key")).get("/me").await.expect(200);
    let mut used = false;
    for _ in 0..100 {
        used = used || !admin.get("/api-keys").await["data"][0]["last_used_at"].is_null();
        tokio::time::sleep(std::time::Duration::from_millis(if used { 0 } else { 20 })).await;
    }
    assert!(used, "the use is noted");
});

on_both_databases!(async fn only_who_manages_access_sees_them(app) {
    for role in [Role::Manager, Role::Marketer, Role::Rep, Role::Viewer] {
        app.sign_in(role).await.get("/api-keys").await.problem(403);
    }
});
