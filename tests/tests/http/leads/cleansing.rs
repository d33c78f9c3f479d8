use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{jane, jane_with};
use crate::capture::a_form;

on_both_databases!(async fn a_lead_tells_what_came_of_its_values(app) {
    let admin = app.admin().await;
    let wish = jane_with("doe", json!({"email": "DOE@Example.com", "phone": "(415) 555-2671", "website": "acme.com"}));
    let tried = admin.post("/leads?dry_run=true", wish.clone()).await.expect(200);
    let expected = json!([
        {"field": "email", "from": "DOE@Example.com", "to": "doe@example.com", "rule": "email_lowered"},
        {"field": "phone", "from": "(415) 555-2671", "to": "+14155552671", "rule": "phone_e164"},
        {"field": "website", "from": "acme.com", "to": "https://acme.com", "rule": "scheme_added"},
    ]);
    let mut cleansed = tried["cleansed"].as_array().unwrap().clone();
    cleansed.sort_by_key(|one| one["field"].to_string());
    assert_eq!(Value::Array(cleansed), expected);

    let lead = admin.post("/leads", wish).await.expect(201).id();
    let path = format!("/leads/{lead}/cleansing");
    let known = admin.get(&path).await.expect(200);
    assert_eq!((&known["cleansed"][0], &known["cleansed"][1]), (&expected[0], &expected[1]), "{}", known.text);
    assert_eq!(known["submissions"], json!([]));
    let (_, capture) = a_form(&app, json!({})).await;
    for title in ["head of sales", "Head of Sales"] {
        let body = json!({"name": "Jane doe", "email": "doe@example.com", "job_title": title});
        app.anonymous().post(&capture, body).await.expect(202);
    }
    let known = admin.get(&path).await.expect(200);
    let posts = known["submissions"].as_array().unwrap();
    assert_eq!((posts.len(), &posts[0]["cleansed"]), (2, &json!([])), "the newest first: {}", known.text);
    let title = json!([{"field": "job_title", "from": "head of sales", "to": "Head of Sales", "rule": "case"}]);
    assert_eq!((&posts[1]["cleansed"], &posts[1]["lead_id"]), (&title, &json!(lead)));

    let rep = app.sign_in(Role::Rep).await;
    assert_eq!(rep.get(&path).await.expect(200)["submissions"], json!([]), "bodies are for those who may read submissions");
    app.stranger().await.get(&path).await.problem(404);
    app.anonymous().get(&path).await.problem(401);
    let plain = admin.post("/leads", jane("plain")).await.expect(201).id();
    assert_eq!(admin.get(format!("/leads/{plain}/cleansing")).await.expect(200)["cleansed"], json!([]));
    admin.post(format!("/leads/{plain}/merge"), json!({"with": [lead]})).await.expect(200);
    assert_eq!(admin.get(&path).await.status, 308);
});
