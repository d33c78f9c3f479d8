//! Suspected duplicates and merges.

use super::tenant_table;

tenant_table!(duplicate_pairs = "duplicate_pairs" {
    version: i64,
    lead_id: Uuid,
    other_id: Uuid,
    tier: String,
    similarity: i64,
    reasons: Json,
    state: String,
    note: Option<String>,
    decided_by: Option<Json>,
    decided_at: Option<DateTimeUtc>,
    found_at: DateTimeUtc,
    updated_at: DateTimeUtc,
});

tenant_table!(lead_match_keys = "lead_match_keys" {
    lead_version: i64,
    employer: Option<i64>,
    colleague: Option<i64>,
    domain: Option<i64>,
    mailbox: Option<i64>,
    phone: Option<i64>,
});

tenant_table!(merges = "merges" {
    master_id: Uuid,
    lead_id: Uuid,
    merged_at: DateTimeUtc,
    actor: Json,
    undo_until: DateTimeUtc,
    snapshot: Option<Json>,
    undone_at: Option<DateTimeUtc>,
});
