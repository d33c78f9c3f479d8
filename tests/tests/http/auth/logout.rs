use leadwright_tests::on_both_databases;
use serde_json::json;

use super::log_in;

on_both_databases!(async fn the_tokens_are_void_at_once(app) {
    let tokens = log_in(&app).await;
    let admin = app.anonymous().bearer(&tokens.text_of("access_token"));
    admin.get("/me").await.expect(200);
    admin.post("/auth/logout", json!({})).await.expect(204);
    admin.get("/me").await.problem(401);
    admin.post("/auth/refresh", json!({"refresh_token": tokens["refresh_token"]})).await.problem(401);
    log_in(&app).await;
});
