//! People and credentials.

use super::tenant_table;

tenant_table!(users = "users" {
    version: i64,
    email: String,
    email_key: String,
    name: String,
    role: String,
    active: bool,
    password_hash: String,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
});

tenant_table!(teams = "teams" {
    version: i64,
    name: String,
    name_key: String,
    kind: String,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
});

tenant_table!(team_members = "team_members" {
    team_id: Uuid,
    user_id: Uuid,
    manages: bool,
    joined_at: DateTimeUtc,
});

tenant_table!(sessions = "sessions" {
    user_id: Uuid,
    user_agent: Option<String>,
    created_at: DateTimeUtc,
    last_used_at: DateTimeUtc,
    expires_at: DateTimeUtc,
    revoked_at: Option<DateTimeUtc>,
    revoked_why: Option<String>,
});

tenant_table!(refresh_tokens = "refresh_tokens" {
    session_id: Uuid,
    secret_hash: Vec<u8>,
    created_at: DateTimeUtc,
    expires_at: DateTimeUtc,
    used_at: Option<DateTimeUtc>,
});

tenant_table!(api_keys = "api_keys" {
    version: i64,
    name: String,
    hint: String,
    secret_hash: Vec<u8>,
    scopes: Json,
    created_by: Option<Uuid>,
    created_at: DateTimeUtc,
    expires_at: Option<DateTimeUtc>,
    last_used_at: Option<DateTimeUtc>,
    revoked_at: Option<DateTimeUtc>,
});

tenant_table!(idempotency_keys = "idempotency_keys" {
    caller: String,
    idempotency_key: String,
    fingerprint: Vec<u8>,
    status: i64,
    headers: Json,
    body: String,
    created_at: DateTimeUtc,
    expires_at: DateTimeUtc,
});
