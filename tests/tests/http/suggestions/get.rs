use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::a_suggestion;

on_both_databases!(async fn a_suggestion_stands_beside_what_is_known(app) {
    let admin = app.admin().await;
    let (lead, listed) = a_suggestion(&admin).await;
    let address = format!("/suggestions/{}", listed["id"].as_str().unwrap());
    let one = app.sign_in(Role::Viewer).await.get(&address).await.expect(200);
    assert_eq!(one.json, listed);
    assert_eq!((&one["field"], &one["value"], &one["current"]), (&json!("city"), &json!("Ulm"), &json!("Bonn")));
    assert_eq!((&one["from"]["writer"], &one["current_from"]["writer"]), (&json!("form"), &json!("person")));
    assert!(one["from"]["submission_id"].is_string(), "{}", one.text);
    assert_eq!((&one["lead"]["id"], one.header("ETag")), (&json!(lead.id()), "\"1.0.1\""));
    admin.get(format!("/suggestions/{}", lead.id())).await.problem(404);
});
