mod create;
mod delete;
mod get;
mod list;
mod update;

use leadwright_tests::{Client, Reply};
use serde_json::json;

/// Saves a mapping.
pub(crate) async fn saved(client: &Client) -> Reply {
    let mapping = json!({
        "columns": {"Contact point": "email", "Who": "contact_name", "Stand": null},
        "values": {"status": {"Interested!": "contacted"}},
    });
    client.post("/import-mappings", json!({"name": " Fair ", "mapping": mapping})).await.expect(201)
}
