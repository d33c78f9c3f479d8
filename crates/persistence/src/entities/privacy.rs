//! Erasures, and what stays of people who were erased.

use super::tenant_table;

tenant_table!(erasures = "erasures" {
    reason: String,
    reference: Option<String>,
    leads: Json,
    counts: Json,
    open_imports: Json,
    actor: Json,
    created_at: DateTimeUtc,
});

tenant_table!(tombstone_keys = "tombstone_keys" {
    sealed_key: Vec<u8>,
    created_at: DateTimeUtc,
});

tenant_table!(tombstones = "tombstones" {
    erasure_id: Uuid,
    kind: String,
    mark: String,
    created_at: DateTimeUtc,
});
