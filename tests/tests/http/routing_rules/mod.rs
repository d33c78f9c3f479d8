mod create;
mod delete;
mod get;
mod list;
mod update;

use leadwright_tests::Client;
use serde_json::{Value, json};

/// Every lead waits in a queue.
fn a_rule(name: &str) -> Value {
    json!({"name": name, "when": {"all": []}, "assign": {"queue": "inbound"}})
}

/// Adds rules of these names in this order; answers their addresses.
async fn rules(client: &Client, names: &[&str]) -> Vec<String> {
    let mut paths = Vec::new();
    for name in names {
        let created = client.post("/routing-rules", a_rule(name)).await.expect(201);
        paths.push(format!("/routing-rules/{}", created.id()));
    }
    paths
}

/// The names of all rules in their order; their positions have no gaps.
async fn order(client: &Client) -> Vec<String> {
    let list = client.get("/routing-rules").await.expect(200);
    let rules = list["data"].as_array().unwrap();
    let positions: Vec<i64> = rules.iter().map(|rule| rule["position"].as_i64().unwrap()).collect();
    assert_eq!(positions, (1..).take(rules.len()).collect::<Vec<i64>>());
    rules.iter().map(|rule| rule["name"].as_str().unwrap().to_owned()).collect()
}
