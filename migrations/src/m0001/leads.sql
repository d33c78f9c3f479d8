CREATE TABLE leads (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    computed_rev bigint NOT NULL,
    source_id {uuid} NOT NULL,
    owner_id {uuid},
    team_id {uuid},
    status text NOT NULL,
    status_since {instant} NOT NULL,
    status_reason text,
    stage text NOT NULL,
    stage_since {instant} NOT NULL,
    priority text NOT NULL,
    rating text NOT NULL,
    score bigint NOT NULL,
    score_demographic bigint NOT NULL,
    score_behavioral bigint NOT NULL,
    score_firmographic bigint NOT NULL,
    score_adjustment bigint NOT NULL,
    score_model_version bigint NOT NULL,
    score_parts {json} NOT NULL,
    next_change_at {instant},
    grade bigint,
    profile {json} NOT NULL,
    facts {json} NOT NULL,
    bant {json} NOT NULL,
    email_key text,
    phone_key text,
    person_key text,
    search_terms text NOT NULL,
    sla_due_at {instant},
    sla_met_at {instant},
    sla_breached_at {instant},
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    first_responded_at {instant},
    qualified_at {instant},
    converted_at {instant},
    last_interaction_at {instant},
    archived_at {instant},
    merged_into {uuid},
    CONSTRAINT leads_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT leads_source FOREIGN KEY (organization_id, source_id) REFERENCES lead_sources (organization_id, id),
    CONSTRAINT leads_owner FOREIGN KEY (organization_id, owner_id) REFERENCES users (organization_id, id),
    CONSTRAINT leads_team FOREIGN KEY (organization_id, team_id) REFERENCES teams (organization_id, id)
    {id_check organization_id}
    {id_check id}
    {id_check source_id}
);
CREATE INDEX leads_by_email ON leads (organization_id, email_key) WHERE email_key IS NOT NULL;
CREATE INDEX leads_by_phone ON leads (organization_id, phone_key) WHERE phone_key IS NOT NULL;
CREATE INDEX leads_by_person ON leads (organization_id, person_key) WHERE person_key IS NOT NULL;
CREATE INDEX leads_by_created ON leads (organization_id, created_at, id);
CREATE INDEX leads_by_score ON leads (organization_id, score, id);
CREATE INDEX leads_by_owner ON leads (organization_id, owner_id, created_at, id);
CREATE INDEX leads_by_team ON leads (organization_id, team_id, created_at, id);
CREATE TABLE lead_external_ids (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    system text NOT NULL,
    external_id text NOT NULL,
    lead_id {uuid} NOT NULL,
    CONSTRAINT lead_external_ids_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT lead_external_ids_once UNIQUE (organization_id, system, external_id),
    CONSTRAINT lead_external_ids_lead FOREIGN KEY (organization_id, lead_id) REFERENCES leads (organization_id, id)
    {id_check organization_id}
    {id_check id}
    {id_check lead_id}
);
CREATE INDEX lead_external_ids_by_lead ON lead_external_ids (organization_id, lead_id);
CREATE TABLE interactions (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    lead_id {uuid} NOT NULL,
    kind text NOT NULL,
    occurred_at {instant} NOT NULL,
    recorded_at {instant} NOT NULL,
    machine {bool} NOT NULL,
    duration_seconds bigint,
    facts {json} NOT NULL,
    detail {json} NOT NULL,
    CONSTRAINT interactions_pk PRIMARY KEY (organization_id, id)
    {id_check organization_id}
    {id_check id}
    {id_check lead_id}
);
CREATE INDEX interactions_newest ON interactions (organization_id, lead_id, occurred_at, id);
CREATE INDEX interactions_by_lead ON interactions (organization_id, lead_id, kind, occurred_at);
