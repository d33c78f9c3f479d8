CREATE TABLE block_list (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    kind text NOT NULL,
    value text NOT NULL,
    note text,
    created_at {instant} NOT NULL,
    CONSTRAINT block_list_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT block_list_once UNIQUE (organization_id, kind, value)
    {id_check organization_id}
    {id_check id}
);
CREATE INDEX submissions_by_lead ON submissions (organization_id, lead_id, id) WHERE lead_id IS NOT NULL;
