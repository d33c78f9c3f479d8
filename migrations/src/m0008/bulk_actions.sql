CREATE TABLE bulk_actions (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    scope {json} NOT NULL,
    request_id text,
    action {json} NOT NULL,
    selection {json} NOT NULL,
    undone_by {uuid},
    CONSTRAINT bulk_actions_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT bulk_actions_job FOREIGN KEY (organization_id, id) REFERENCES jobs (organization_id, id)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE bulk_parts (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    bulk_id {uuid} NOT NULL,
    position bigint NOT NULL,
    leads {bytes} NOT NULL,
    failed bigint NOT NULL,
    failures {json},
    before {json},
    CONSTRAINT bulk_parts_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT bulk_parts_once UNIQUE (organization_id, bulk_id, position)
    {id_check organization_id}
    {id_check id}
    {id_check bulk_id}
);
