use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use reqwest::Method;
use serde_json::json;

use super::{a_pair, look};

on_both_databases!(async fn whoever_is_dismissed_is_not_proposed_again(app) {
    let admin = app.admin().await;
    let (robert, bob, pair) = a_pair(&admin).await;
    let dismiss = format!("/duplicates/{}/dismiss", pair["id"].as_str().unwrap());
    app.sign_in(Role::Viewer).await.post(&dismiss, json!({})).await.problem(403);
    let dismissed = admin.post(&dismiss, json!({"note": "Father and son"})).await.expect(200);
    assert_eq!((&dismissed["state"], &dismissed["note"]), (&json!("dismissed"), &json!("Father and son")));
    assert_eq!(dismissed["decided_by"]["id"], json!(app.admin));
    assert_eq!(admin.post(&dismiss, json!({"note": "Again"})).await.expect(200).json, dismissed.json);

    admin.patch(format!("/leads/{}", bob.id()), json!({"contact_name": "Robert Smith"})).await.expect(200);
    look(&admin).await;
    assert_eq!(admin.get("/duplicates").await.expect(200)["data"], json!([]));
    let kept = admin.get(format!("/leads/{}/duplicates?state=dismissed", robert.id())).await.expect(200);
    assert_eq!(kept["data"][0]["id"], pair["id"]);
    admin.post(&dismiss, json!({"note": ""})).await.problem(422);
    assert_eq!(admin.send(Method::POST, &dismiss, None).await.expect(200)["note"], "Father and son", "a note is no must");
});
