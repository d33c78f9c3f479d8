CREATE TABLE event_heads (
    organization_id {uuid} NOT NULL PRIMARY KEY REFERENCES organizations (id),
    last bigint NOT NULL
    {id_check organization_id}
);
CREATE TABLE event_readers (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    reader text NOT NULL,
    pos bigint NOT NULL,
    CONSTRAINT event_readers_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT event_readers_once UNIQUE (organization_id, reader)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE events (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    pos bigint NOT NULL,
    kind text NOT NULL,
    lead_id {uuid},
    subject_kind text,
    subject_id {uuid},
    actor_kind text NOT NULL,
    actor_id {uuid},
    request_id text,
    occurred_at {instant} NOT NULL,
    data {json} NOT NULL,
    diff {json},
    CONSTRAINT events_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT events_pos UNIQUE (organization_id, pos)
    {id_check organization_id}
    {id_check id}
);
CREATE INDEX events_by_lead ON events (organization_id, lead_id, id) WHERE lead_id IS NOT NULL;
