use leadwright_tests::on_both_databases;
use serde_json::json;

use super::log_in;

on_both_databases!(async fn the_tokens_are_void_at_once(app) {
    let tokens = log_in(&app).await;
    let admin = app.anonymous().bearer(&tokens.text_of("access_token"));
    admin.get("/me").await.expect(200);
    let wish = json!({"refresh_token": tokens["refresh_token"]});
    app.anonymous().post("/auth/logout", wish.clone()).await.expect(204);
    admin.get("/me").await.problem(401);
    admin.post("/auth/refresh", wish.clone()).await.problem(401);
    log_in(&app).await;
    app.anonymous().post("/auth/logout", wish).await.expect(204);
});

on_both_databases!(async fn only_the_session_of_the_token_ends(app) {
    let (phone, desk) = (log_in(&app).await, log_in(&app).await);
    let next = app.anonymous().post("/auth/refresh", json!({"refresh_token": phone["refresh_token"]})).await.expect(200);
    app.anonymous().post("/auth/logout", json!({"refresh_token": phone["refresh_token"]})).await.expect(204);
    app.anonymous().bearer(&next.text_of("access_token")).get("/me").await.problem(401);
    app.anonymous().bearer(&desk.text_of("access_token")).get("/me").await.expect(200);
});

on_both_databases!(async fn a_token_that_is_none_ends_nothing(app) {
    let tokens = log_in(&app).await;
    let known = tokens.text_of("refresh_token");
    let (start, end) = known.split_at(known.len() - 1);
    let other = format!("{start}{}", if end == "A" { "B" } else { "A" });
    for text in ["lwr_AAAA", "anything", &other] {
        app.anonymous().post("/auth/logout", json!({"refresh_token": text})).await.expect(204);
    }
    app.anonymous().bearer(&tokens.text_of("access_token")).get("/me").await.expect(200);
    app.anonymous().post("/auth/logout", json!({})).await.problem(422);
});
