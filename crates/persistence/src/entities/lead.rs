//! Leads and what belongs to one.

use super::tenant_table;

tenant_table!(leads = "leads" {
    version: i64,
    computed_rev: i64,
    source_id: Uuid,
    owner_id: Option<Uuid>,
    team_id: Option<Uuid>,
    status: String,
    status_since: DateTimeUtc,
    status_reason: Option<String>,
    stage: String,
    stage_since: DateTimeUtc,
    priority: String,
    rating: String,
    score: i64,
    score_demographic: i64,
    score_behavioral: i64,
    score_firmographic: i64,
    score_adjustment: i64,
    score_model_version: i64,
    score_parts: Json,
    next_change_at: Option<DateTimeUtc>,
    grade: Option<i64>,
    profile: Json,
    facts: Json,
    bant: Json,
    email_key: Option<String>,
    phone_key: Option<String>,
    person_key: Option<String>,
    search_terms: String,
    sla_due_at: Option<DateTimeUtc>,
    sla_met_at: Option<DateTimeUtc>,
    sla_breached_at: Option<DateTimeUtc>,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
    first_responded_at: Option<DateTimeUtc>,
    qualified_at: Option<DateTimeUtc>,
    converted_at: Option<DateTimeUtc>,
    last_interaction_at: Option<DateTimeUtc>,
    archived_at: Option<DateTimeUtc>,
    merged_into: Option<Uuid>,
    adjustments: Option<Json>,
});

tenant_table!(lead_external_ids = "lead_external_ids" {
    system: String,
    external_id: String,
    lead_id: Uuid,
});

tenant_table!(interactions = "interactions" {
    lead_id: Uuid,
    kind: String,
    occurred_at: DateTimeUtc,
    recorded_at: DateTimeUtc,
    machine: bool,
    duration_seconds: Option<i64>,
    facts: Json,
    detail: Json,
});

tenant_table!(suggestions = "suggestions" {
    version: i64,
    lead_id: Uuid,
    field: String,
    value: Json,
    writer: String,
    origin: Json,
    state: String,
    decided_by: Option<Json>,
    decided_at: Option<DateTimeUtc>,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
});
