CREATE TABLE lead_sources (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    code text NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    description text,
    direction text NOT NULL,
    medium text,
    aliases {json} NOT NULL,
    active {bool} NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    CONSTRAINT lead_sources_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT lead_sources_code UNIQUE (organization_id, code),
    CONSTRAINT lead_sources_name UNIQUE (organization_id, name_key)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE custom_fields (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    field_key text NOT NULL,
    label text NOT NULL,
    kind text NOT NULL,
    required {bool} NOT NULL,
    default_value {json},
    options {json} NOT NULL,
    indexed {bool} NOT NULL,
    active {bool} NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    CONSTRAINT custom_fields_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT custom_fields_key UNIQUE (organization_id, field_key)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE tags (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    color text,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    CONSTRAINT tags_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT tags_name UNIQUE (organization_id, name_key)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE routing_rules (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    position bigint NOT NULL,
    condition {json} NOT NULL,
    assign {json} NOT NULL,
    active {bool} NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    CONSTRAINT routing_rules_pk PRIMARY KEY (organization_id, id)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE routing_pools (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    state {json} NOT NULL,
    updated_at {instant} NOT NULL,
    CONSTRAINT routing_pools_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT routing_pools_team FOREIGN KEY (organization_id, id) REFERENCES teams (organization_id, id)
    {id_check organization_id}
    {id_check id}
);
