CREATE INDEX leads_by_term ON leads USING gin (array_to_tsvector(string_to_array(search_terms, ' ')));
ALTER TABLE event_heads SET (fillfactor = 50);
