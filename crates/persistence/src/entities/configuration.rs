//! What an organization sets.

use super::tenant_table;

tenant_table!(lead_sources = "lead_sources" {
    version: i64,
    code: String,
    name: String,
    name_key: String,
    description: Option<String>,
    direction: String,
    medium: Option<String>,
    aliases: Json,
    active: bool,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
});

tenant_table!(custom_fields = "custom_fields" {
    version: i64,
    field_key: String,
    label: String,
    kind: String,
    required: bool,
    default_value: Option<Json>,
    options: Json,
    indexed: bool,
    active: bool,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
});

tenant_table!(tags = "tags" {
    version: i64,
    name: String,
    name_key: String,
    color: Option<String>,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
});

tenant_table!(routing_rules = "routing_rules" {
    version: i64,
    name: String,
    position: i64,
    condition: Json,
    assign: Json,
    active: bool,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
});

tenant_table!(routing_pools = "routing_pools" {
    state: Json,
    updated_at: DateTimeUtc,
});

tenant_table!(views = "lead_views" {
    version: i64,
    owner_kind: String,
    owner_id: Uuid,
    name: String,
    name_key: String,
    condition: Option<Json>,
    query: Option<String>,
    archived: Option<String>,
    sort: Option<String>,
    fields: Json,
    shared: bool,
    created_at: DateTimeUtc,
    updated_at: DateTimeUtc,
});
