use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{a_form, a_program, a_suggestion, post};

on_both_databases!(async fn what_is_dismissed_does_not_come_back(app) {
    let admin = app.admin().await;
    let (lead, suggestion) = a_suggestion(&admin).await;
    let address = format!("/suggestions/{}", suggestion["id"].as_str().unwrap());
    app.sign_in(Role::Viewer).await.post(format!("{address}/dismiss"), Value::Null).await.problem(403);
    let dismissed = admin.post(format!("{address}/dismiss"), Value::Null).await.expect(200);
    assert_eq!((&dismissed["state"], &dismissed["decided_by"]["id"]), (&json!("dismissed"), &json!(app.admin)));
    assert_eq!(admin.post(format!("{address}/dismiss"), Value::Null).await.expect(200).json, dismissed.json);
    let form = a_form(&admin).await;
    let said = |city: &str| json!({"name": "Jane sue", "email": "sue@example.com", "city": city});
    post(&admin, &form, said("ULM")).await;
    let open = async || {
        let found = admin.get(format!("/leads/{}/suggestions", lead.id())).await.expect(200);
        found["data"].as_array().unwrap().iter().map(|one| one["value"].clone()).collect::<Vec<_>>()
    };
    assert_eq!(open().await, [] as [Value; 0]);
    // Another value, and another writer, are heard.
    post(&admin, &form, said("Hamm")).await;
    a_program(&admin).await.patch(format!("/leads/{}", lead.id()), json!({"city": "Ulm"})).await.expect(200);
    assert_eq!(open().await, [json!("Ulm"), json!("Hamm")]);
    // Whoever changes their mind can still accept it; then it can't be dismissed any more.
    let accepted = admin.post(format!("{address}/accept"), Value::Null).await.expect(200);
    assert_eq!(accepted["lead"]["city"], "Ulm");
    assert_eq!(admin.post(format!("{address}/dismiss"), Value::Null).await.problem(409)["code"], "state-conflict");
    assert_eq!(open().await, [json!("Hamm")]);
});
