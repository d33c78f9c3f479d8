//! Examples that a demonstration answers: ids of records that it has (see [`leadwright_app::demo::known`]), and bodies that
//! it takes. Whatever can be done only once has a record of its own, so that one example does not spoil another.

use leadwright_app::demo::known;
use serde_json::{Value, json};
use uuid::Uuid;

/// Operations that have a record of their own; their path has one parameter.
const OWN: &[(&str, Uuid)] = &[
    ("archiveLead", known::LEAD_TO_ARCHIVE),
    ("restoreLead", known::LEAD_TO_RESTORE),
    ("moveLead", known::LEAD_TO_MOVE),
    ("moveStage", known::LEAD_TO_HAND_OFF),
    ("assignLead", known::LEAD_TO_ASSIGN),
    ("claimLead", known::LEAD_TO_CLAIM),
    ("routeLead", known::LEAD_TO_ROUTE),
    ("mergeLeads", known::LEAD_TO_MERGE),
    ("unmergeLead", known::LEAD_MERGED),
    ("acceptSuggestion", known::SUGGESTION_TO_ACCEPT),
    ("dismissSuggestion", known::SUGGESTION_TO_DISMISS),
    ("confirmImport", known::IMPORT_TO_CONFIRM),
    ("cancelImport", known::IMPORT_TO_CANCEL),
    ("updateImport", known::IMPORT_TO_UPDATE),
    ("revertImport", known::IMPORT_TO_REVERT),
    ("deleteImport", known::IMPORT_TO_DELETE),
    ("deleteImportMapping", known::MAPPING_TO_DELETE),
    ("deleteView", known::VIEW_TO_DELETE),
    ("undoBulkAction", known::BULK_ACTION_TO_UNDO),
    ("releaseSubmission", known::SUBMISSION_TO_RELEASE),
    ("rejectSubmission", known::SUBMISSION_TO_REJECT),
    ("removeFromBlockList", known::BLOCK_ENTRY_TO_REMOVE),
    ("deleteTeam", known::TEAM_TO_DELETE),
    ("deleteTag", known::TAG_TO_DELETE),
    ("deleteRoutingRule", known::RULE_TO_DELETE),
    ("deactivateCaptureForm", known::FORM_TO_DEACTIVATE),
];

/// What the others name.
const USUAL: &[(&str, Uuid)] = &[
    ("lead_id", known::LEAD),
    ("pair_id", known::PAIR),
    ("suggestion_id", known::SUGGESTION),
    ("scan_id", known::SCAN),
    ("erasure_id", known::ERASURE),
    ("submission_id", known::SUBMISSION),
    ("replay_id", known::REPLAY),
    ("entry_id", known::BLOCK_ENTRY),
    ("import_id", known::IMPORT),
    ("mapping_id", known::MAPPING),
    ("view_id", known::VIEW),
    ("bulk_action_id", known::BULK_ACTION),
    ("user_id", known::USER),
    ("team_id", known::TEAM),
    ("key_id", known::API_KEY),
    ("session_id", known::SESSION),
    ("source_id", known::SOURCE),
    ("field_id", known::FIELD),
    ("tag_id", known::TAG),
    ("rule_id", known::RULE),
    ("form_id", known::FORM),
];

/// What an operation's path may name.
pub fn in_path(operation: &str, parameter: &str) -> Option<Value> {
    if parameter == "form_key" {
        return Some(known::FORM_KEY.into());
    }
    let find = |name: &str, among: &[(&str, Uuid)]| among.iter().find(|(known, _)| *known == name).map(|(_, id)| *id);
    find(operation, OWN).or_else(|| find(parameter, USUAL)).map(|id| json!(id))
}

/// What may be sent to an operation whose schema has no example.
pub fn body(operation: &str) -> Option<Value> {
    creating(operation).or_else(|| changing(operation)).or_else(|| asking(operation))
}

fn creating(operation: &str) -> Option<Value> {
    Some(match operation {
        "createUser" => {
            json!({"email": "ann@example.com", "name": "Ann Smith", "role": "rep", "password": "correct horse battery"})
        }
        "createTeam" => json!({"name": "East coast", "kind": "direct", "member_ids": [known::REP], "manager_ids": []}),
        "createApiKey" => json!({"name": "Web shop", "scopes": ["leads:read"], "expires_at": "2036-01-01T00:00:00Z"}),
        "createLeadSource" => json!({
            "name": "Partner portal", "code": "partner_portal", "direction": "inbound", "medium": "web", "aliases": ["portal"],
            "description": "Leads that partners enter themselves",
        }),
        "createCustomField" => json!({
            "key": "budget_holder", "label": "Budget holder", "kind": "single_select", "options": ["Unknown", "Yes", "No"],
        }),
        "createImportMapping" => json!({
            "name": "Partner list", "mapping": {
                "columns": {"Mail (work)": "email", "Internal code": null},
                "values": {"status": {"Open - Not Contacted": "new"}}, "date_order": "dmy", "other_columns": "notes",
            },
        }),
        "createView" => json!({
            "name": "Worth a call this week", "shared": true, "sort": "-score", "fields": ["contact_name", "company_name", "score"],
            "where": {"all": [{"field": "status", "op": "in", "value": ["new", "contacted"]}, {"field": "score", "op": "gte", "value": 40}]},
        }),
        "createTag" => json!({"name": "VIP", "color": "#d4af37"}),
        "addToBlockList" => json!({"kind": "domain", "value": "spam.example", "note": "Link sellers"}),
        "replaySubmissions" => json!({"states": ["failed"], "received_after": "2026-03-01T00:00:00Z"}),
        "createCaptureForm" => json!({
            "name": "Contact page", "source": "website", "allowed_origins": ["https://example.com"],
            "field_mapping": {"your-mail": "email"}, "required_fields": ["company_name"],
            "consent_text": "You may write to me about your products.", "redirect_url": "https://example.com/thanks",
        }),
        _ => return None,
    })
}

fn changing(operation: &str) -> Option<Value> {
    Some(match operation {
        "updateOrganization" => json!({"name": "Acme", "sla_minutes": 5, "profile_industries": ["marketing"]}),
        "updateUser" => json!({"name": "Basil Smith"}),
        "updateTeam" => json!({"name": "The Americas"}),
        "updateLeadSource" => json!({"name": "Supply Days Chicago", "aliases": ["fair"]}),
        "updateCustomField" => json!({"label": "Plan of today", "indexed": true}),
        "updateImport" => json!({
            "duplicates": "update", "default_source": "trade_show", "mapping": {"columns": {"company": "company_name"}},
        }),
        "updateImportMapping" => json!({"name": "Trade show list of this year"}),
        "updateView" => json!({"name": "Hot and open", "sort": "-score"}),
        "updateTag" => json!({"name": "pilot customer", "color": "#d4af37"}),
        "updateRoutingRule" => json!({"name": "Key accounts", "position": 1, "active": true}),
        "updateCaptureForm" => json!({"name": "Contact page of the shop", "allowed_origins": ["https://example.com"]}),
        _ => return None,
    })
}

fn asking(operation: &str) -> Option<Value> {
    Some(match operation {
        "testCaptureForm" => json!({"name": "Jean Poe", "email": "jean.poe@example.com", "company": "Acme Home"}),
        "login" => json!({"email": "ann@example.com", "password": "correct horse battery"}),
        "searchLeads" => json!({
            "where": {"all": [{"field": "country", "op": "eq", "value": "US"}, {"field": "score", "op": "gte", "value": 20}]},
            "sort": "-score", "limit": 50, "fields": ["contact_name", "score"], "include": ["owner"], "count": "exact",
        }),
        "exportLeadSearch" => json!({
            "where": {"field": "country", "op": "eq", "value": "US"}, "format": "csv", "sort": "-score",
            "columns": ["contact_name", "email", "score"],
        }),
        "countLeadFacets" => {
            json!({"by": ["status", "owner"], "where": {"field": "country", "op": "eq", "value": "US"}})
        }
        "changeLeads" => json!({
            "where": {"all": [{"field": "status", "op": "eq", "value": "nurture"}, {"field": "score", "op": "lt", "value": 10}]},
            "action": {"kind": "add_tags", "tags": ["spring mailing"]},
        }),
        "recordInteractions" => json!({
            "kind": "page_viewed", "occurred_at": "2026-03-02T14:00:00Z", "url": "https://example.com/pricing",
            "duration_seconds": 95,
        }),
        "batchLeads" => json!({
            "operations": [
                {"op": "upsert", "lead": {
                    "contact_name": "Joan Roe", "email": "joan.roe@example.com", "company_name": "Acme Retail",
                    "source": "website", "priority": "medium",
                }},
                {"op": "update", "id": known::LEAD, "lead": {"job_title": "Chief Marketing Officer"}},
            ],
        }),
        _ => return None,
    })
}
