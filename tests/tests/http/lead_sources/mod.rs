mod create;
mod get;
mod list;
mod update;

use leadwright_tests::Client;
use serde_json::{Value, json};

/// A source that nobody has yet.
fn a_source(name: &str) -> Value {
    json!({"name": name, "direction": "outbound", "medium": "event"})
}

/// The id of a source of the starting catalogue.
async fn id_of(client: &Client, code: &str) -> String {
    let list = client.get("/lead-sources").await.expect(200);
    let found = list["data"].as_array().unwrap().iter().find(|source| source["code"] == code);
    found.unwrap()["id"].as_str().unwrap().to_owned()
}
