mod cancel;
mod events;
mod failures;
mod get;
mod list;
mod resume;
mod undo;

use leadwright_tests::{Client, Reply};
use serde_json::{Value, json};

use crate::leads::jane_with;

/// Leads with further or other members; their ids.
pub(crate) async fn make(client: &Client, names: &[&str], more: Value) -> Vec<String> {
    let mut ids = Vec::new();
    for name in names {
        ids.push(client.post("/leads", jane_with(name, more.clone())).await.expect(201).id());
    }
    ids
}

/// So many leads in one request; their ids.
pub(crate) async fn make_many(client: &Client, count: usize) -> Vec<String> {
    let create = |number| json!({"op": "create", "lead": jane_with(&format!("p{number}"), json!({"priority": "low"}))});
    let operations: Vec<Value> = (0..count).map(create).collect();
    let made = client.post("/leads/batch", json!({"operations": operations})).await.expect(200);
    made["data"].as_array().unwrap().iter().map(|one| one["id"].as_str().unwrap().to_owned()).collect()
}

/// Changes leads at once.
pub(crate) async fn change(client: &Client, ids: &[String], action: Value) -> Reply {
    client.post("/leads/bulk", json!({"ids": ids, "action": action})).await
}

/// How many were changed, were so already, and failed.
#[track_caller]
pub(crate) fn counts(action: &Reply) -> [u64; 3] {
    assert_eq!(action["state"], "succeeded", "{}", action.text);
    ["changed", "unchanged", "failed"].map(|name| action["result"][name].as_u64().unwrap())
}

pub(crate) async fn undo(client: &Client, action: &Reply) -> Reply {
    client.post(format!("/bulk-actions/{}/undo", action.id()), json!({})).await
}
