ALTER TABLE leads ADD COLUMN erased_at {instant};
ALTER TABLE leads ADD COLUMN erasure_id {uuid};
CREATE TABLE erasures (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    reason text NOT NULL,
    reference text,
    leads {json} NOT NULL,
    counts {json} NOT NULL,
    open_imports {json} NOT NULL,
    actor {json} NOT NULL,
    created_at {instant} NOT NULL,
    CONSTRAINT erasures_pk PRIMARY KEY (organization_id, id)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE tombstone_keys (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    sealed_key {bytes} NOT NULL,
    created_at {instant} NOT NULL,
    CONSTRAINT tombstone_keys_pk PRIMARY KEY (organization_id, id)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE tombstones (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    erasure_id {uuid} NOT NULL,
    kind text NOT NULL,
    mark text NOT NULL,
    created_at {instant} NOT NULL,
    CONSTRAINT tombstones_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT tombstones_once UNIQUE (organization_id, mark),
    CONSTRAINT tombstones_erasure FOREIGN KEY (organization_id, erasure_id) REFERENCES erasures (organization_id, id)
    {id_check organization_id}
    {id_check id}
    {id_check erasure_id}
);
