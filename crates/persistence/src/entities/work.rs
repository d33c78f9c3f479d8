//! Long work, and the files that are imported by it.

use super::tenant_table;

tenant_table!(jobs = "jobs" {
    version: i64,
    kind: String,
    state: String,
    payload: Json,
    progress: Json,
    result: Json,
    problem: Option<Json>,
    run_at: DateTimeUtc,
    lease_token: Option<Uuid>,
    lease_until: Option<i64>,
    attempt: i64,
    unique_key: Option<String>,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
    finished_at: Option<DateTimeUtc>,
});

tenant_table!(imports = "imports" {
    scope: Json,
    request_id: Option<String>,
    mode: String,
    policy: Json,
    file: Json,
    header: Json,
    checkpoint: i64,
    warnings: Json,
    preview: Option<Json>,
    reverted: Option<Json>,
});

tenant_table!(import_mappings = "import_mappings" {
    version: i64,
    name: String,
    name_key: String,
    mapping: Json,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
});

tenant_table!(import_made = "import_made" {
    import_id: Uuid,
    position: i64,
    leads: Vec<u8>,
});

tenant_table!(import_chunks = "import_chunks" {
    import_id: Uuid,
    position: i64,
    data: Vec<u8>,
});

tenant_table!(import_rejects = "import_rejects" {
    import_id: Uuid,
    position: i64,
    line: i64,
    cells: Json,
    reasons: Json,
});

tenant_table!(bulk_actions = "bulk_actions" {
    scope: Json,
    request_id: Option<String>,
    action: Json,
    selection: Json,
    undone_by: Option<Uuid>,
});

tenant_table!(bulk_parts = "bulk_parts" {
    bulk_id: Uuid,
    position: i64,
    leads: Vec<u8>,
    failed: i64,
    failures: Option<Json>,
    before: Option<Json>,
});
