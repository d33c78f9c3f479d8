//! Forms and what was posted to them.

use super::tenant_table;

tenant_table!(capture_forms = "capture_forms" {
    version: i64,
    name: String,
    public_key: String,
    source_id: Uuid,
    settings: Json,
    active: bool,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
});

tenant_table!(submissions = "submissions" {
    form_id: Uuid,
    received_at: DateTimeUtc,
    content_type: String,
    headers: Json,
    body: Vec<u8>,
    address_hash: String,
    state: String,
    lead_id: Option<Uuid>,
    outcome: Json,
    replayed_at: Option<DateTimeUtc>,
});

tenant_table!(block_list = "block_list" {
    kind: String,
    value: String,
    note: Option<String>,
    created_at: DateTimeUtc,
});
