mod accept;
mod dismiss;
mod get;
mod list;

use leadwright_tests::{Client, Reply};
use serde_json::{Value, json};

use crate::leads::jane_with;

/// A program with a key of its own.
pub(crate) async fn a_program(admin: &Client) -> Client {
    let scopes = ["leads:read", "leads:write", "imports:write"];
    let key = admin.post("/api-keys", json!({"name": "CRM", "scopes": scopes})).await.expect(201);
    admin.bearer(&key.text_of("key"))
}

/// A form that the world may post to; answers its key.
pub(crate) async fn a_form(admin: &Client) -> String {
    admin.post("/capture-forms", json!({"name": "Suggest", "source": "website"})).await.expect(201).text_of("key")
}

/// Posts to a form.
pub(crate) async fn post(admin: &Client, form: &str, body: Value) -> Reply {
    admin.post(format!("/capture/{form}"), body).await.expect(202)
}

/// A lead that somebody wrote, and the other city that a form said.
pub(crate) async fn a_suggestion(admin: &Client) -> (Reply, Value) {
    let lead = admin.post("/leads", jane_with("sue", json!({"city": "Bonn"}))).await.expect(201);
    let form = a_form(admin).await;
    post(admin, &form, json!({"name": "Jane sue", "email": "sue@example.com", "city": "Ulm"})).await;
    let found = admin.get(format!("/leads/{}/suggestions", lead.id())).await.expect(200);
    assert_eq!(found["data"].as_array().unwrap().len(), 1, "{}", found.text);
    (lead, found["data"][0].clone())
}
