ALTER TABLE event_readers ADD COLUMN lease_token {uuid};
ALTER TABLE event_readers ADD COLUMN lease_until bigint;
CREATE TABLE lead_match_keys (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    lead_version bigint NOT NULL,
    employer bigint,
    colleague bigint,
    domain bigint,
    mailbox bigint,
    phone bigint,
    CONSTRAINT lead_match_keys_pk PRIMARY KEY (organization_id, id)
    {id_check organization_id}
    {id_check id}
);
CREATE INDEX lead_match_keys_employer ON lead_match_keys (organization_id, employer, id) WHERE employer IS NOT NULL;
CREATE INDEX lead_match_keys_colleague ON lead_match_keys (organization_id, colleague, id) WHERE colleague IS NOT NULL;
CREATE INDEX lead_match_keys_domain ON lead_match_keys (organization_id, domain, id) WHERE domain IS NOT NULL;
CREATE INDEX lead_match_keys_mailbox ON lead_match_keys (organization_id, mailbox, id) WHERE mailbox IS NOT NULL;
CREATE INDEX lead_match_keys_phone ON lead_match_keys (organization_id, phone, id) WHERE phone IS NOT NULL;
CREATE TABLE duplicate_pairs (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    lead_id {uuid} NOT NULL,
    other_id {uuid} NOT NULL,
    tier text NOT NULL,
    similarity bigint NOT NULL,
    reasons {json} NOT NULL,
    state text NOT NULL,
    note text,
    decided_by {json},
    decided_at {instant},
    found_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    CONSTRAINT duplicate_pairs_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT duplicate_pairs_once UNIQUE (organization_id, lead_id, other_id)
    {id_check organization_id}
    {id_check id}
    {id_check lead_id}
    {id_check other_id}
);
CREATE INDEX duplicate_pairs_other ON duplicate_pairs (organization_id, other_id);
CREATE INDEX duplicate_pairs_review ON duplicate_pairs (organization_id, state, similarity, id);
CREATE TABLE merges (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    master_id {uuid} NOT NULL,
    lead_id {uuid} NOT NULL,
    merged_at {instant} NOT NULL,
    actor {json} NOT NULL,
    undo_until {instant} NOT NULL,
    snapshot {json},
    undone_at {instant},
    CONSTRAINT merges_pk PRIMARY KEY (organization_id, id)
    {id_check organization_id}
    {id_check id}
    {id_check master_id}
    {id_check lead_id}
);
CREATE INDEX merges_by_master ON merges (organization_id, master_id, id);
CREATE INDEX merges_by_lead ON merges (organization_id, lead_id, id);
CREATE INDEX merges_to_forget ON merges (organization_id, undo_until) WHERE snapshot IS NOT NULL;
ALTER TABLE interactions ADD COLUMN origin_id {uuid};
