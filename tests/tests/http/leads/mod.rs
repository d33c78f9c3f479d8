mod interactions;
mod record_interactions;
mod score;

use leadwright_tests::{Client, Reply};
use serde_json::{Value, json};

/// Somebody whom nobody knows yet.
fn a_lead(name: &str) -> Value {
    let email = format!("{}@example.com", name.to_lowercase().replace(' ', "."));
    json!({"contact_name": name, "email": email, "company_name": "Acme", "source": "website", "priority": "medium"})
}

/// A new lead of this caller's.
async fn create(client: &Client, name: &str) -> Reply {
    client.post("/leads", a_lead(name)).await.expect(201)
}
