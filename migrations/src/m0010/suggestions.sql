CREATE TABLE suggestions (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    lead_id {uuid} NOT NULL,
    field text NOT NULL,
    value {json} NOT NULL,
    writer text NOT NULL,
    origin {json} NOT NULL,
    state text NOT NULL,
    decided_by {json},
    decided_at {instant},
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    CONSTRAINT suggestions_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT suggestions_lead FOREIGN KEY (organization_id, lead_id) REFERENCES leads (organization_id, id)
    {id_check organization_id}
    {id_check id}
    {id_check lead_id}
);
CREATE INDEX suggestions_by_state ON suggestions (organization_id, state, id);
CREATE INDEX suggestions_by_lead ON suggestions (organization_id, lead_id, id);
