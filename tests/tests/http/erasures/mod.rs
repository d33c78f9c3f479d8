mod create;
mod elsewhere;
mod get;
mod list;
mod registry;
mod returns;
mod traces;
mod unmerged;

use leadwright_tests::{Client, Reply};
use serde_json::json;

/// Erases the person behind a lead.
pub(crate) async fn erase(admin: &Client, lead: &str) -> Reply {
    admin.post("/erasures", json!({"lead_id": lead, "reason": "requested_by_person"})).await.expect(201)
}
