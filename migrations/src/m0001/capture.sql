CREATE TABLE capture_forms (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    public_key text NOT NULL,
    source_id {uuid} NOT NULL,
    settings {json} NOT NULL,
    active {bool} NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    CONSTRAINT capture_forms_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT capture_forms_source FOREIGN KEY (organization_id, source_id) REFERENCES lead_sources (organization_id, id)
    {id_check organization_id}
    {id_check id}
    {id_check source_id}
);
CREATE TABLE submissions (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    form_id {uuid} NOT NULL,
    received_at {instant} NOT NULL,
    content_type text NOT NULL,
    headers {json} NOT NULL,
    body {bytes} NOT NULL,
    address_hash text NOT NULL,
    state text NOT NULL,
    lead_id {uuid},
    outcome {json} NOT NULL,
    replayed_at {instant},
    CONSTRAINT submissions_pk PRIMARY KEY (organization_id, id)
    {id_check organization_id}
    {id_check id}
    {id_check form_id}
);
CREATE INDEX submissions_by_form ON submissions (organization_id, form_id, id);
CREATE INDEX submissions_by_state ON submissions (organization_id, state, id) WHERE state <> 'created' AND state <> 'updated';
