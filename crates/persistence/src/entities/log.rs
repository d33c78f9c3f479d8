//! The event log.

use super::tenant_table;

tenant_table!(events = "events" {
    pos: i64,
    kind: String,
    lead_id: Option<Uuid>,
    subject_kind: Option<String>,
    subject_id: Option<Uuid>,
    actor_kind: String,
    actor_id: Option<Uuid>,
    request_id: Option<String>,
    occurred_at: DateTimeUtc,
    data: Json,
    diff: Option<Json>,
});
