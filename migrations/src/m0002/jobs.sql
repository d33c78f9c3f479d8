CREATE TABLE jobs (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    kind text NOT NULL,
    state text NOT NULL,
    payload {json} NOT NULL,
    progress {json} NOT NULL,
    result {json} NOT NULL,
    problem {json},
    run_at {instant} NOT NULL,
    lease_token {uuid},
    lease_until bigint,
    attempt bigint NOT NULL,
    unique_key text,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    finished_at {instant},
    CONSTRAINT jobs_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT jobs_once UNIQUE (organization_id, kind, unique_key)
    {id_check organization_id}
    {id_check id}
);
CREATE INDEX jobs_due ON jobs (organization_id, run_at, id) WHERE state = 'queued' OR state = 'running';
CREATE TABLE imports (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    scope {json} NOT NULL,
    request_id text,
    mode text NOT NULL,
    policy {json} NOT NULL,
    file {json} NOT NULL,
    header {json} NOT NULL,
    checkpoint bigint NOT NULL,
    warnings {json} NOT NULL,
    preview {json},
    CONSTRAINT imports_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT imports_job FOREIGN KEY (organization_id, id) REFERENCES jobs (organization_id, id)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE import_chunks (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    import_id {uuid} NOT NULL,
    position bigint NOT NULL,
    data {bytes} NOT NULL,
    CONSTRAINT import_chunks_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT import_chunks_once UNIQUE (organization_id, import_id, position)
    {id_check organization_id}
    {id_check id}
    {id_check import_id}
);
CREATE TABLE import_rejects (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    import_id {uuid} NOT NULL,
    position bigint NOT NULL,
    line bigint NOT NULL,
    cells {json} NOT NULL,
    reasons {json} NOT NULL,
    CONSTRAINT import_rejects_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT import_rejects_once UNIQUE (organization_id, import_id, position)
    {id_check organization_id}
    {id_check id}
    {id_check import_id}
);
