//! The erase registry: every column of every table, and what becomes of it when a person is erased. A test compares it
//! with the schema, so that no column is forgotten.

/// What becomes of a table when a person is erased.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// Its name.
    pub name: &'static str,
    /// Columns that may tell of a person, each with what is done.
    pub personal: &'static [(&'static str, &'static str)],
    /// Columns that stay, between spaces.
    pub kept: &'static str,
    /// Why they may: what they hold.
    pub because: &'static str,
}

/// Every table.
pub const REGISTRY: &[Table] = &[
    Table {
        name: "api_keys",
        personal: &[],
        kept: "organization_id id version name hint secret_hash scopes created_by created_at expires_at \
               last_used_at revoked_at",
        because: "programs, not leads",
    },
    Table {
        name: "block_list",
        personal: &[],
        kept: "organization_id id kind value note created_at",
        because: "a setting: whoever put somebody on the list takes them off it",
    },
    Table {
        name: "bulk_actions",
        personal: &[
            ("action", "a note and tags that name the person, or are about their leads alone, are taken out"),
            ("selection", "words and values of conditions that name the person are emptied"),
        ],
        kept: "organization_id id scope request_id undone_by",
        because: "who asked for what, for which of many leads",
    },
    Table {
        name: "bulk_parts",
        personal: &[("before", "what is kept of the person's leads is taken out; the rest is forgotten after a week")],
        kept: "organization_id id bulk_id position leads failed failures",
        because: "ids and reasons",
    },
    Table {
        name: "capture_forms",
        personal: &[],
        kept: "organization_id id version name public_key source_id settings active created_at updated_at",
        because: "a setting",
    },
    Table {
        name: "custom_fields",
        personal: &[],
        kept: "organization_id id version field_key label kind required default_value options indexed active \
               created_at updated_at",
        because: "a setting; values are in profiles",
    },
    Table {
        name: "duplicate_pairs",
        personal: &[("reasons", "the row is deleted"), ("note", "the row is deleted")],
        kept: "organization_id id version lead_id other_id tier similarity state decided_by decided_at found_at \
               updated_at",
        because: "ids, states, counts and times",
    },
    Table {
        name: "erasures",
        personal: &[],
        kept: "organization_id id reason reference leads counts open_imports actor created_at",
        because: "why, when, by whom and how much; a reference that names somebody is refused",
    },
    Table { name: "event_heads", personal: &[], kept: "organization_id last", because: "positions" },
    Table {
        name: "event_readers",
        personal: &[],
        kept: "organization_id id reader pos lease_token lease_until",
        because: "positions",
    },
    Table {
        name: "events",
        personal: &[(
            "diff",
            "set to null; values that the person brought are taken out of events of leads that they were part of for a while",
        )],
        kept: "organization_id id pos kind lead_id subject_kind subject_id actor_kind actor_id request_id \
               occurred_at data",
        because: "ids, kinds, reasons, counts and times",
    },
    Table {
        name: "idempotency_keys",
        personal: &[
            ("idempotency_key", "rows that hold an id, address or number of the person are deleted"),
            ("headers", "rows that hold an id, address or number of the person are deleted"),
            ("body", "rows that hold an id, address or number of the person are deleted"),
        ],
        kept: "organization_id id caller fingerprint status created_at expires_at",
        because: "who asked, when, and a digest of what",
    },
    Table {
        name: "import_chunks",
        personal: &[(
            "data",
            "goes when the import is over; the erasure names imports that are not, and tombstones keep the rows out",
        )],
        kept: "organization_id id import_id position",
        because: "ids",
    },
    Table { name: "import_made", personal: &[], kept: "organization_id id import_id position leads", because: "ids" },
    Table {
        name: "import_mappings",
        personal: &[],
        kept: "organization_id id version name name_key mapping created_at updated_at",
        because: "a setting",
    },
    Table {
        name: "import_rejects",
        personal: &[
            ("cells", "emptied in rows that name the person"),
            ("reasons", "replaced in rows that name the person"),
        ],
        kept: "organization_id id import_id position line",
        because: "ids and lines",
    },
    Table {
        name: "imports",
        personal: &[
            ("warnings", "sentences that name the person are taken out"),
            ("preview", "rows and sentences that name the person are taken out"),
        ],
        kept: "organization_id id scope request_id mode policy file header checkpoint reverted",
        because: "who asked for what, of which file",
    },
    Table {
        name: "interactions",
        personal: &[("facts", "emptied"), ("detail", "emptied")],
        kept: "organization_id id lead_id kind occurred_at recorded_at machine duration_seconds origin_id",
        because: "ids, kinds, counts and times",
    },
    Table {
        name: "jobs",
        personal: &[("payload", "emptied where it names one of the submissions")],
        kept: "organization_id id version kind state progress result problem run_at lease_token lease_until attempt \
               unique_key created_at updated_at finished_at",
        because: "kinds, states, counts and times",
    },
    Table {
        name: "lead_external_ids",
        personal: &[("system", "the row is deleted"), ("external_id", "the row is deleted")],
        kept: "organization_id id lead_id",
        because: "ids",
    },
    Table {
        name: "lead_match_keys",
        personal: &[
            ("employer", "the row is deleted"),
            ("colleague", "the row is deleted"),
            ("domain", "the row is deleted"),
            ("mailbox", "the row is deleted"),
            ("phone", "the row is deleted"),
        ],
        kept: "organization_id id lead_version",
        because: "ids",
    },
    Table {
        name: "lead_search",
        personal: &[("terms", "the row is deleted")],
        kept: "",
        because: "the whole row is deleted",
    },
    Table {
        name: "lead_search_rows",
        personal: &[],
        kept: "row_id organization_id lead_id",
        because: "ids; the row is deleted",
    },
    Table {
        name: "lead_sources",
        personal: &[],
        kept: "organization_id id version code name name_key description direction medium aliases active created_at \
               updated_at",
        because: "a setting",
    },
    Table {
        name: "lead_views",
        personal: &[
            ("name", "replaced where it names the person, or the view was made to find them"),
            ("name_key", "follows the name"),
            ("condition", "values that name the person are taken out or emptied"),
            ("query", "emptied where it names the person; the view can't be used until it is mended"),
        ],
        kept: "organization_id id version owner_kind owner_id archived sort fields shared created_at updated_at",
        because: "a setting",
    },
    Table {
        name: "leads",
        personal: &[
            ("score_parts", "what was said is emptied"),
            ("profile", "what was said is emptied"),
            ("facts", "what was said is emptied"),
            ("bant", "what was said is emptied"),
            ("email_key", "emptied, so that nobody is found by it"),
            ("phone_key", "emptied, so that nobody is found by it"),
            ("person_key", "emptied, so that nobody is found by it"),
            ("search_terms", "emptied, so that nobody is found by it"),
            ("adjustments", "what was said is emptied"),
        ],
        kept: "organization_id id version computed_rev source_id owner_id team_id status status_since status_reason \
               stage stage_since priority rating score score_demographic score_behavioral score_firmographic \
               score_adjustment score_model_version next_change_at grade sla_due_at sla_met_at sla_breached_at \
               created_at updated_at first_responded_at qualified_at converted_at last_interaction_at archived_at \
               merged_into erased_at erasure_id",
        because: "ids, states, counts and times",
    },
    Table {
        name: "login_identities",
        personal: &[],
        kept: "email_key organization_id user_id",
        because: "colleagues, not leads",
    },
    Table {
        name: "merges",
        personal: &[(
            "snapshot",
            "set to null: the merge can't be taken back any more; so too of other leads that were merged with theirs",
        )],
        kept: "organization_id id master_id lead_id merged_at actor undo_until undone_at",
        because: "ids and times",
    },
    Table {
        name: "organizations",
        personal: &[],
        kept: "id name config_rev timezone default_region base_currency locale week_start holidays address country \
               latitude longitude sandbox clock_offset_seconds settings created_at updated_at",
        because: "the tenant itself",
    },
    Table { name: "public_keys", personal: &[], kept: "hash organization_id kind target_id", because: "keys of forms" },
    Table {
        name: "refresh_tokens",
        personal: &[],
        kept: "organization_id id session_id secret_hash created_at expires_at used_at",
        because: "colleagues, not leads",
    },
    Table {
        name: "routing_pools",
        personal: &[],
        kept: "organization_id id state updated_at",
        because: "turns of colleagues",
    },
    Table {
        name: "routing_rules",
        personal: &[],
        kept: "organization_id id version name position condition assign active created_at updated_at",
        because: "a setting",
    },
    Table {
        name: "sessions",
        personal: &[],
        kept: "organization_id id user_id user_agent created_at last_used_at expires_at revoked_at revoked_why",
        because: "colleagues, not leads",
    },
    Table {
        name: "signing_keys",
        personal: &[],
        kept: "kid algorithm public_key sealed_private_key created_at retires_at",
        because: "keys of the installation",
    },
    Table {
        name: "submissions",
        personal: &[
            ("content_type", "emptied"),
            ("headers", "emptied"),
            ("body", "emptied"),
            ("address_hash", "emptied"),
            ("outcome", "emptied"),
        ],
        kept: "organization_id id form_id received_at state lead_id replayed_at",
        because: "ids, states and times",
    },
    Table {
        name: "suggestions",
        personal: &[("value", "the row is deleted, also of another lead where the value names the person")],
        kept: "organization_id id version lead_id field writer origin state decided_by decided_at created_at updated_at",
        because: "ids, fields, states and times; the row is deleted",
    },
    Table {
        name: "tags",
        personal: &[],
        kept: "organization_id id version name name_key color created_at updated_at",
        because: "a setting; who bears one is in profiles",
    },
    Table {
        name: "team_members",
        personal: &[],
        kept: "organization_id id team_id user_id manages joined_at",
        because: "colleagues, not leads",
    },
    Table {
        name: "teams",
        personal: &[],
        kept: "organization_id id version name name_key kind created_at updated_at",
        because: "colleagues, not leads",
    },
    Table {
        name: "tombstone_keys",
        personal: &[],
        kept: "organization_id id sealed_key created_at",
        because: "keys, sealed",
    },
    Table {
        name: "tombstones",
        personal: &[],
        kept: "organization_id id erasure_id kind mark created_at",
        because: "marks from which nobody learns who it was",
    },
    Table {
        name: "users",
        personal: &[],
        kept: "organization_id id version email email_key name role active password_hash created_at updated_at",
        because: "colleagues, not leads",
    },
];
