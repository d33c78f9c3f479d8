mod create;
mod delete;
mod get;
mod list;
mod update;
mod used;

use leadwright_tests::{Client, Reply};
use serde_json::{Value, json};

/// Saves a view of the leads of high priority, with further or other members.
pub(crate) async fn save(client: &Client, name: &str, more: Value) -> Reply {
    let mut view = json!({"name": name, "where": {"field": "priority", "op": "eq", "value": "high"}});
    view.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    client.post("/views", view).await
}
