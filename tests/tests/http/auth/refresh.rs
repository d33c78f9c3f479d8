use chrono::TimeDelta;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::log_in;

on_both_databases!(async fn a_refresh_token_is_good_for_one_pair(app) {
    let first = log_in(&app).await;
    let anonymous = app.anonymous();
    let second = anonymous.post("/auth/refresh", json!({"refresh_token": first["refresh_token"]})).await.expect(200);
    assert_ne!(second["refresh_token"], first["refresh_token"]);
    anonymous.bearer(&second.text_of("access_token")).get("/me").await.expect(200);
    let third = anonymous.post("/auth/refresh", json!({"refresh_token": second["refresh_token"]})).await.expect(200);
    anonymous.bearer(&third.text_of("access_token")).get("/me").await.expect(200);
});

on_both_databases!(async fn a_reuse_ends_the_whole_session(app) {
    let (stolen, other) = (log_in(&app).await, log_in(&app).await);
    let anonymous = app.anonymous();
    let next = anonymous.post("/auth/refresh", json!({"refresh_token": stolen["refresh_token"]})).await.expect(200);

    let problem = anonymous.post("/auth/refresh", json!({"refresh_token": stolen["refresh_token"]})).await.problem(401);
    assert_eq!(problem["code"], "token-reused");
    anonymous.bearer(&next.text_of("access_token")).get("/me").await.problem(401);
    anonymous.bearer(&stolen.text_of("access_token")).get("/me").await.problem(401);
    let problem = anonymous.post("/auth/refresh", json!({"refresh_token": next["refresh_token"]})).await.problem(401);
    assert_eq!(problem["code"], "unauthorized");
    anonymous.bearer(&other.text_of("access_token")).get("/me").await.expect(200);
});

on_both_databases!(async fn two_at_the_same_time_are_one_and_a_reuse(app) {
    let tokens = log_in(&app).await;
    let body = json!({"refresh_token": tokens["refresh_token"]});
    let (one, two) = (app.anonymous(), app.anonymous());
    let (one, two) = tokio::join!(one.post("/auth/refresh", body.clone()), two.post("/auth/refresh", body));
    let mut statuses = [one.status, two.status];
    statuses.sort_unstable();
    assert_eq!(statuses, [200, 401]);
});

on_both_databases!(async fn what_is_no_token_of_ours_is_void(app) {
    let tokens = log_in(&app).await;
    let real = tokens.text_of("refresh_token");
    let mut forged = real.clone();
    let last = if forged.ends_with('A') { 'Q' } else { 'A' };
    forged.pop();
    forged.push(last);
    for void in ["x", "lwr_", "lwr_AAAA", forged.as_str(), &real.replace("lwr_", "lw_"), tokens["access_token"].as_str().unwrap()] {
        let body = json!({"refresh_token": &void[..void.len().min(200)]});
        assert_eq!(app.anonymous().post("/auth/refresh", body).await.problem(401)["code"], "unauthorized", "{void}");
    }
    app.anonymous().post("/auth/refresh", json!({"refresh_token": real})).await.expect(200);
});

on_both_databases!(async fn a_token_and_a_session_end_by_themselves(app) {
    let tokens = log_in(&app).await;
    app.advance_wall_clock(TimeDelta::days(13));
    let tokens = app.anonymous().post("/auth/refresh", json!({"refresh_token": tokens["refresh_token"]})).await.expect(200);
    app.advance_wall_clock(TimeDelta::days(15));
    let late = app.anonymous().post("/auth/refresh", json!({"refresh_token": tokens["refresh_token"]})).await;
    assert_eq!(late.problem(401)["code"], "unauthorized");
});
