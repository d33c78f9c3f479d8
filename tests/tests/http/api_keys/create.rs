use chrono::{TimeDelta, Utc};
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn a_key_does_what_it_was_given_and_no_more(app) {
    let admin = app.admin().await;
    let body = json!({"name": "Shop", "scopes": ["config:read", "leads:read", "config:read"]});
    let key = admin.post("/api-keys", body).await.expect(201);
    assert_eq!(key["scopes"], json!(["leads:read", "config:read"]));
    assert_eq!(key.header("cache-control"), "no-store");
    let text = key.text_of("key");
    assert!(text.starts_with("lw_") && text.len() == 3 + 86, "{text}");
    let program = app.anonymous().bearer(&text);
    program.get("/lead-sources").await.expect(200);
    program.post("/lead-sources", json!({"name": "Fair", "direction": "inbound"})).await.problem(403);
    program.get("/users").await.problem(403);
    program.get("/me/sessions").await.problem(403);
});

on_both_databases!(async fn a_guess_at_a_key_is_void(app) {
    let key = app.admin().await.post("/api-keys", json!({"name": "Shop", "scopes": ["leads:read"]})).await.expect(201);
    let text = key.text_of("key");
    app.anonymous().bearer(&text).get("/me").await.expect(200);
    for at in [3, 20, 40, 60, 80] {
        let mut forged = text.clone().into_bytes();
        forged[at] = if forged[at] == b'A' { b'B' } else { b'A' };
        app.anonymous().bearer(&String::from_utf8(forged).unwrap()).get("/me").await.problem(401);
    }
    app.anonymous().bearer(&text.to_lowercase()).get("/me").await.problem(401);
});

on_both_databases!(async fn a_key_ends_when_it_should(app) {
    let admin = app.admin().await;
    let past = json!({"name": "Late", "scopes": ["leads:read"], "expires_at": "2020-01-01T00:00:00Z"});
    assert_eq!(admin.post("/api-keys", past).await.problem(422)["errors"][0]["code"], "in_the_past");
    let soon = (Utc::now() + TimeDelta::hours(1)).to_rfc3339();
    let body = json!({"name": "Soon", "scopes": ["leads:read"], "expires_at": soon});
    let program = app.anonymous().bearer(&admin.post("/api-keys", body).await.expect(201).text_of("key"));
    program.get("/me").await.expect(200);
    app.advance_wall_clock(TimeDelta::minutes(61));
    program.get("/me").await.problem(401);
});

on_both_databases!(async fn nobody_gives_what_they_have_not(app) {
    let admin = app.admin().await;
    let key = admin.post("/api-keys", json!({"name": "Keys", "scopes": ["users:write", "leads:read"]})).await.expect(201);
    let program = app.anonymous().bearer(&key.text_of("key"));
    let child = program.post("/api-keys", json!({"name": "Child", "scopes": ["leads:read"]})).await.expect(201);
    assert!(child["created_by"].is_null());
    program.post("/api-keys", json!({"name": "Child", "scopes": ["leads:write"]})).await.problem(403);
});

on_both_databases!(async fn a_scope_that_is_none_is_corrected(app) {
    let problem = app.admin().await.post("/api-keys", json!({"name": "Shop", "scopes": ["lead:read"]})).await.problem(422);
    assert_eq!(problem["errors"][0]["suggestion"], "leads:read");
    app.admin().await.post("/api-keys", json!({"name": "Shop", "scopes": []})).await.problem(422);
});

on_both_databases!(async fn a_repeat_never_shows_the_key_again(app) {
    let admin = app.admin().await.with("Idempotency-Key", "shop");
    let body = json!({"name": "Shop", "scopes": ["leads:read"]});
    let (first, second) = (admin.post("/api-keys", body.clone()).await, admin.post("/api-keys", body).await);
    assert_ne!(first.expect(201).text_of("key"), second.expect(201).text_of("key"));
});
