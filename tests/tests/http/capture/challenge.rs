use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_form, adapters::hex};

on_both_databases!(async fn who_asks_is_answered_in_their_own_way(app) {
    let world = app.anonymous();
    let (form, meta) = a_form(&app, json!({"adapter": "meta_lead_ads", "adapter_verify_token": "let me in"})).await;
    assert_eq!((&form["adapter_verify_token_set"], &form["adapter_verify_token"]), (&json!(true), &json!(null)));
    let ask = |mode: &str, token: &str| format!("{meta}?hub.mode={mode}&hub.challenge=1158201444&hub.verify_token={token}");
    let answer = world.get(ask("subscribe", "let%20me%20in")).await.expect(200);
    assert_eq!(answer.text, "1158201444");
    assert!(answer.headers["content-type"].to_str().unwrap().starts_with("text/plain"));
    for (mode, token) in [("subscribe", "let me out"), ("unsubscribe", "let%20me%20in"), ("subscribe", "")] {
        world.get(ask(mode, token)).await.problem(403);
    }
    world.get(&meta).await.problem(403);
    let (_, unset) = a_form(&app, json!({"adapter": "meta_lead_ads"})).await;
    world.get(format!("{unset}?hub.mode=subscribe&hub.challenge=1&hub.verify_token=")).await.problem(403);

    let (_, linkedin) = a_form(&app, json!({"adapter": "linkedin_lead_gen", "adapter_secret": "s3cret"})).await;
    let answer = world.get(format!("{linkedin}?challengeCode=890e4665-4dfe")).await.expect(200);
    assert_eq!(answer.json, json!({"challengeCode": "890e4665-4dfe", "challengeResponse": hex("s3cret", "890e4665-4dfe")}));

    let (_, plain) = a_form(&app, json!({})).await;
    world.get(&plain).await.problem(404);
    world.get("/capture/f_nobody").await.problem(404);
});
