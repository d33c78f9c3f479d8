CREATE TABLE lead_search_rows (
    row_id INTEGER PRIMARY KEY,
    organization_id blob NOT NULL,
    lead_id blob NOT NULL,
    CONSTRAINT lead_search_rows_once UNIQUE (organization_id, lead_id),
    CHECK (typeof(organization_id) = 'blob' AND length(organization_id) = 16),
    CHECK (typeof(lead_id) = 'blob' AND length(lead_id) = 16)
);
CREATE VIRTUAL TABLE lead_search USING fts5 (
    terms, content = '', contentless_delete = 1, detail = none, tokenize = "unicode61 remove_diacritics 0 tokenchars '@._+-'"
);
