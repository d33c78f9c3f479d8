CREATE TABLE lead_views (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    owner_kind text NOT NULL,
    owner_id {uuid} NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    condition {json},
    query text,
    archived text,
    sort text,
    fields {json} NOT NULL,
    shared {bool} NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    CONSTRAINT lead_views_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT lead_views_name UNIQUE (organization_id, owner_id, name_key)
    {id_check organization_id}
    {id_check id}
    {id_check owner_id}
);
CREATE INDEX lead_views_shared ON lead_views (organization_id, name_key) WHERE shared;
