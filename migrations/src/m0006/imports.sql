CREATE TABLE import_mappings (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    mapping {json} NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    CONSTRAINT import_mappings_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT import_mappings_name UNIQUE (organization_id, name_key)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE import_made (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    import_id {uuid} NOT NULL,
    position bigint NOT NULL,
    leads {bytes} NOT NULL,
    CONSTRAINT import_made_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT import_made_once UNIQUE (organization_id, import_id, position)
    {id_check organization_id}
    {id_check id}
    {id_check import_id}
);
ALTER TABLE imports ADD COLUMN reverted {json};
ALTER TABLE leads ADD COLUMN adjustments {json};
