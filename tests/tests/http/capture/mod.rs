mod adapters;
mod attribution;
mod bodies;
mod browsers;
mod captcha;
mod challenge;
mod doubles;
mod fetched;
mod forms;
mod idempotency;
mod nasty;
mod policies;
mod preflight;
mod spam;
mod submit;
mod token;

use leadwright_domain::access::Role;
use leadwright_tests::{Client, Reply, TestApp};
use serde_json::{Value, json};

/// A form, and the address that it takes posts at.
pub async fn a_form(app: &TestApp, more: Value) -> (Reply, String) {
    let mut form = json!({"name": "Contact page", "source": "website"});
    form.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let form = app.sign_in(Role::Marketer).await.post("/capture-forms", form).await.expect(201);
    let path = format!("/capture/{}", form.text_of("key"));
    (form, path)
}

/// What came of a submission.
pub async fn submission(admin: &Client, posted: &Reply) -> Reply {
    admin.get(format!("/submissions/{}", posted.text_of("receipt_id"))).await.expect(200)
}

/// Somebody who fills a form.
pub fn somebody(name: &str) -> Value {
    json!({"name": format!("Jane {name}"), "email": format!("{name}@example.com")})
}
