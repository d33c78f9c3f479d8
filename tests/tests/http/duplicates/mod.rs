mod cancel_scan;
mod dismiss;
mod get;
mod get_scan;
mod list;
mod reopen;
mod scan;

use leadwright_app::worker::duplicates;
use leadwright_tests::{Client, Reply};
use serde_json::{Value, json};
use tokio::sync::watch;

/// Compares whoever came or changed.
pub(crate) async fn look(client: &Client) {
    let (_go_on, stop) = watch::channel(false);
    duplicates::run_due(&client.app, uuid::Uuid::nil(), &stop).await.unwrap();
}

/// A lead that fits, of somebody at Acme.
pub(crate) fn at_acme(name: &str, email: &str) -> Value {
    json!({"contact_name": name, "email": email, "company_name": "Acme Inc.", "source": "website", "priority": "medium"})
}

/// Two leads of one person who signs in two ways, and the pair that was found.
pub(crate) async fn a_pair(client: &Client) -> (Reply, Reply, Value) {
    let robert = client.post("/leads", at_acme("Robert Smith", "robert.smith@acme.example")).await.expect(201);
    let bob = client.post("/leads", at_acme("Bob Smith", "bob@smith.example")).await.expect(201);
    look(client).await;
    let found = client.get(format!("/duplicates?lead_id={}", bob.id())).await.expect(200);
    (robert, bob, found["data"][0].clone())
}

pub(crate) fn codes(pair: &Value) -> Vec<&str> {
    pair["reasons"].as_array().unwrap().iter().map(|reason| reason["code"].as_str().unwrap()).collect()
}
