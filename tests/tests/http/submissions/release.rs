use futures_util::future::join_all;
use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use crate::capture::{a_form, somebody};

on_both_databases!(async fn what_is_released_becomes_a_lead_once(app) {
    let admin = app.admin().await;
    let (_, path) = a_form(&app, json!({"honeypot_field": "_gotcha", "duplicate_policy": "flag"})).await;
    let mut body = somebody("doe");
    body["_gotcha"] = json!("filled by a password manager");
    let receipt = app.anonymous().post(&path, body).await.expect(202).text_of("receipt_id");
    let (at, release) = (format!("/submissions/{receipt}"), format!("/submissions/{receipt}/release"));
    let problem = admin.post(format!("{at}/replay"), json!({})).await.problem(409);
    assert_eq!((&problem["code"], &problem["state"]), (&json!("state-conflict"), &json!("quarantined")));
    app.sign_in(Role::Rep).await.post(&release, json!({})).await.problem(403);
    app.stranger().await.post(&release, json!({})).await.problem(404);
    let answers = join_all((0..4).map(|_| admin.post(&release, json!({})))).await;
    assert!(answers.iter().all(|answer| matches!(answer.status, 200 | 409)), "{answers:?}");
    let released = admin.get(&at).await.expect(200);
    assert_eq!((&released["state"], app.counts(["leads"]).await), (&json!("created"), [1]), "{}", released.text);
    assert_eq!(released["outcome"]["suspicions"][0]["code"], "honeypot_filled", "what was suspected is still told");
    admin.post(&release, json!({})).await.problem(409);
    let lead = released.text_of("lead_id");
    assert_eq!(app.events_of(&lead).await[0].data["submission_id"], json!(receipt));
});
