CREATE TABLE organizations (
    id {uuid} NOT NULL PRIMARY KEY,
    name text NOT NULL,
    config_rev bigint NOT NULL,
    timezone text NOT NULL,
    default_region text NOT NULL,
    base_currency text NOT NULL,
    locale text NOT NULL,
    week_start bigint NOT NULL,
    holidays {json} NOT NULL,
    address {json} NOT NULL,
    country text,
    latitude bigint,
    longitude bigint,
    sandbox {bool} NOT NULL,
    clock_offset_seconds bigint NOT NULL,
    settings {json} NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL
    {id_check id}
);
CREATE TABLE login_identities (
    email_key text NOT NULL PRIMARY KEY,
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    user_id {uuid} NOT NULL
    {id_check organization_id}
    {id_check user_id}
);
CREATE TABLE public_keys (
    hash {bytes} NOT NULL PRIMARY KEY,
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    kind text NOT NULL,
    target_id {uuid} NOT NULL
    {id_check organization_id}
    {id_check target_id}
);
CREATE TABLE signing_keys (
    kid text NOT NULL PRIMARY KEY,
    algorithm text NOT NULL,
    public_key {bytes} NOT NULL,
    sealed_private_key {bytes} NOT NULL,
    created_at {instant} NOT NULL,
    retires_at {instant}
);
