use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn a_revoked_key_is_void_at_once(app) {
    let admin = app.admin().await;
    let key = admin.post("/api-keys", json!({"name": "Shop", "scopes": ["leads:read"]})).await.expect(201);
    let program = app.anonymous().bearer(&key.text_of("key"));
    program.get("/me").await.expect(200);
    let path = format!("/api-keys/{}", key.id());
    app.stranger().await.delete(&path).await.problem(404);
    program.get("/me").await.expect(200);
    admin.delete(&path).await.expect(204);
    program.get("/me").await.problem(401);
    admin.delete(&path).await.expect(204);
    assert!(!admin.get("/api-keys").await["data"][0]["revoked_at"].is_null());
});
