use chrono::TimeDelta;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_form, somebody, submission};

on_both_databases!(async fn nobody_fills_a_form_in_no_time(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let more = json!({"min_fill_seconds": 3, "allowed_origins": ["https://example.com"]});
    let (_, path) = a_form(&app, more).await;
    let (_, other) = a_form(&app, json!({"min_fill_seconds": 3})).await;
    let page = world.with("Origin", "https://example.com");
    let asked = page.get(format!("{path}/token")).await.expect(200);
    assert_eq!((asked.header("access-control-allow-origin"), asked.header("cache-control")), ("https://example.com", "no-store"));
    assert_eq!(asked["min_fill_seconds"], 3);
    let (token, foreign) = (asked.text_of("token"), world.get(format!("{other}/token")).await.expect(200).text_of("token"));
    let body = |name: &str, token: &str| {
        let mut body = somebody(name);
        body["form_token"] = json!(token);
        body
    };
    let came = async |body| submission(&admin, &page.post(&path, body).await.expect(202)).await;
    let (whole, last) = token.split_at(token.len() - 1);
    let forged = format!("{whole}{}", if last == "A" { "Q" } else { "A" });
    for (token, code) in [("", "form_token_missing"), (&forged, "form_token_invalid"), ("x", "form_token_invalid"),
        (&foreign, "form_token_invalid"), (&token, "filled_too_fast")]
    {
        let held = came(body("bot", token)).await;
        assert_eq!((&held["state"], &held["outcome"]["suspicions"][0]["code"]), (&json!("quarantined"), &json!(code)));
    }
    app.advance(TimeDelta::seconds(4));
    let taken = came(body("jane", &token)).await;
    assert_eq!((&taken["state"], &taken["outcome"]["unread"]), (&json!("created"), &json!([])), "{}", taken.text);
    app.advance(TimeDelta::hours(25));
    assert_eq!(came(body("late", &token)).await["outcome"]["suspicions"][0]["code"], "form_token_expired");
    world.with("Origin", "https://evil.test").get(format!("{path}/token")).await.problem(403);
    world.get("/capture/nosuch/token").await.problem(404);
});
