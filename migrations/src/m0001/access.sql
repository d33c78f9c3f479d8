CREATE TABLE users (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    email text NOT NULL,
    email_key text NOT NULL,
    name text NOT NULL,
    role text NOT NULL,
    active {bool} NOT NULL,
    password_hash text NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    CONSTRAINT users_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT users_email UNIQUE (organization_id, email_key)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE teams (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    name_key text NOT NULL,
    kind text NOT NULL,
    created_at {instant} NOT NULL,
    updated_at {instant} NOT NULL,
    CONSTRAINT teams_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT teams_name UNIQUE (organization_id, name_key)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE team_members (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    team_id {uuid} NOT NULL,
    user_id {uuid} NOT NULL,
    manages {bool} NOT NULL,
    joined_at {instant} NOT NULL,
    CONSTRAINT team_members_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT team_members_once UNIQUE (organization_id, team_id, user_id),
    CONSTRAINT team_members_team FOREIGN KEY (organization_id, team_id) REFERENCES teams (organization_id, id),
    CONSTRAINT team_members_user FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
    {id_check organization_id}
    {id_check id}
    {id_check team_id}
    {id_check user_id}
);
CREATE INDEX team_members_by_user ON team_members (organization_id, user_id);
CREATE TABLE sessions (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    user_id {uuid} NOT NULL,
    user_agent text,
    created_at {instant} NOT NULL,
    last_used_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    revoked_at {instant},
    revoked_why text,
    CONSTRAINT sessions_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT sessions_user FOREIGN KEY (organization_id, user_id) REFERENCES users (organization_id, id)
    {id_check organization_id}
    {id_check id}
    {id_check user_id}
);
CREATE INDEX sessions_by_user ON sessions (organization_id, user_id);
CREATE TABLE refresh_tokens (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    session_id {uuid} NOT NULL,
    secret_hash {bytes} NOT NULL,
    created_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    used_at {instant},
    CONSTRAINT refresh_tokens_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT refresh_tokens_session FOREIGN KEY (organization_id, session_id) REFERENCES sessions (organization_id, id)
    {id_check organization_id}
    {id_check id}
    {id_check session_id}
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (organization_id, session_id);
CREATE TABLE api_keys (
    organization_id {uuid} NOT NULL REFERENCES organizations (id),
    id {uuid} NOT NULL,
    version bigint NOT NULL,
    name text NOT NULL,
    hint text NOT NULL,
    secret_hash {bytes} NOT NULL,
    scopes {json} NOT NULL,
    created_by {uuid},
    created_at {instant} NOT NULL,
    expires_at {instant},
    last_used_at {instant},
    revoked_at {instant},
    CONSTRAINT api_keys_pk PRIMARY KEY (organization_id, id)
    {id_check organization_id}
    {id_check id}
);
CREATE TABLE idempotency_keys (
    organization_id {uuid} NOT NULL,
    id {uuid} NOT NULL,
    caller text NOT NULL,
    idempotency_key text NOT NULL,
    fingerprint {bytes} NOT NULL,
    status bigint NOT NULL,
    headers {json} NOT NULL,
    body text NOT NULL,
    created_at {instant} NOT NULL,
    expires_at {instant} NOT NULL,
    CONSTRAINT idempotency_keys_pk PRIMARY KEY (organization_id, id),
    CONSTRAINT idempotency_keys_once UNIQUE (organization_id, caller, idempotency_key)
    {id_check organization_id}
    {id_check id}
);
CREATE INDEX idempotency_keys_by_expiry ON idempotency_keys (organization_id, expires_at);
