//! Who may call which operation: the table that a person reads, written by hand. An operation that is not in it fails.

use leadwright_domain::access::Role::{self, Admin, Manager, Marketer, Rep, Viewer};
use leadwright_tests::{Client, Reply};
use reqwest::Method;
use serde_json::{Value, json};

/// Who may call an operation.
#[derive(Clone, Copy, Debug)]
pub enum Who {
    /// Everybody, signed in or not.
    World,
    /// Whoever is signed in, people and programs.
    SignedIn,
    /// People who are signed in; it is about their own sessions.
    People,
    /// People of these roles, and programs with the scope that goes with it.
    Roles(&'static [Role]),
}

use Who::{People, Roles, SignedIn, World};

const ALL: Who = Roles(&[Admin, Manager, Marketer, Rep, Viewer]);
const WORK: Who = Roles(&[Admin, Manager, Marketer, Rep]);
const SETTINGS: Who = Roles(&[Admin, Marketer]);
const ROUTING: Who = Roles(&[Admin, Manager]);
const IMPORTS: Who = Roles(&[Admin, Manager, Marketer]);
const ADMINS: Who = Roles(&[Admin]);

const TABLE: &[(&str, Who)] = &[
    ("addToBlockList", SETTINGS),
    ("answerCaptureChallenge", World),
    ("archiveLead", WORK),
    ("assignLead", ROUTING),
    ("batchLeads", WORK),
    ("cancelImport", IMPORTS),
    ("cancelBulkAction", WORK),
    ("cancelDuplicateScan", SETTINGS),
    ("captureLead", World),
    ("changeLeads", WORK),
    ("changePassword", People),
    ("claimLead", WORK),
    ("confirmImport", IMPORTS),
    ("countLeadFacets", ALL),
    ("createApiKey", ADMINS),
    ("createCaptureForm", SETTINGS),
    ("createCustomField", SETTINGS),
    ("createImport", IMPORTS),
    ("createImportMapping", IMPORTS),
    ("deleteImport", IMPORTS),
    ("deleteImportMapping", IMPORTS),
    ("getImportMapping", IMPORTS),
    ("listImportMappings", IMPORTS),
    ("revertImport", IMPORTS),
    ("streamImport", IMPORTS),
    ("updateImport", IMPORTS),
    ("updateImportMapping", IMPORTS),
    ("createLead", WORK),
    ("createLeadSource", SETTINGS),
    ("createRoutingRule", ROUTING),
    ("createTag", SETTINGS),
    ("createView", ALL),
    ("createTeam", ADMINS),
    ("createUser", ADMINS),
    ("deactivateCaptureForm", SETTINGS),
    ("deleteRoutingRule", ROUTING),
    ("deleteTag", SETTINGS),
    ("deleteTeam", ADMINS),
    ("deleteView", ALL),
    ("acceptSuggestion", WORK),
    ("dismissSuggestion", WORK),
    ("getCleansingReport", ALL),
    ("getLeadCleansing", ALL),
    ("getLeadProvenance", ALL),
    ("getSuggestion", ALL),
    ("listLeadSuggestions", ALL),
    ("listSuggestions", ALL),
    ("dismissDuplicate", WORK),
    ("erasePerson", ADMINS),
    ("exportLeads", ALL),
    ("exportLeadSearch", ALL),
    ("getBant", ALL),
    ("getBulkAction", ALL),
    ("getCaptureForm", ALL),
    ("getCatalogue", ALL),
    ("getCustomField", ALL),
    ("getDuplicate", ALL),
    ("getDuplicateScan", ALL),
    ("getErasure", ADMINS),
    ("getFormToken", World),
    ("getImport", IMPORTS),
    ("getImportTemplate", IMPORTS),
    ("getJwks", World),
    ("getLead", ALL),
    ("getLeadHistory", ALL),
    ("getLeadRouting", ALL),
    ("getLeadScore", ALL),
    ("getLeadSource", ALL),
    ("getLeadTimeline", ALL),
    ("getLiveness", World),
    ("getMe", SignedIn),
    ("getMetrics", World),
    ("getOpenapiDocument", World),
    ("getOrganization", SignedIn),
    ("getPersonalData", ADMINS),
    ("getProblem", World),
    ("getReadiness", World),
    ("getRejectedRows", IMPORTS),
    ("getReplay", SETTINGS),
    ("getRoutingRule", ALL),
    ("getSubmission", SETTINGS),
    ("getSubmissionCleansing", SETTINGS),
    ("getTag", ALL),
    ("getTeam", ALL),
    ("getUser", ALL),
    ("getView", ALL),
    ("listApiKeys", ADMINS),
    ("listBlockList", ALL),
    ("listCaptureForms", ALL),
    ("listBulkActions", ALL),
    ("listBulkFailures", ALL),
    ("streamBulkAction", ALL),
    ("undoBulkAction", WORK),
    ("listConditionFields", ALL),
    ("listCustomFields", ALL),
    ("listDuplicates", ALL),
    ("listErasures", ADMINS),
    ("listImports", IMPORTS),
    ("listInteractions", ALL),
    ("listLeadAssignments", ALL),
    ("listLeadDuplicates", ALL),
    ("listLeadMerges", ALL),
    ("listLeads", ALL),
    ("listLeadSources", ALL),
    ("listProblems", World),
    ("listRoutingRules", ALL),
    ("listSessions", People),
    ("listSubmissions", SETTINGS),
    ("listTags", ALL),
    ("listTeams", ALL),
    ("listTouches", ALL),
    ("listUsers", ALL),
    ("listViews", ALL),
    ("login", World),
    ("logout", World),
    ("mergeLeads", WORK),
    ("moveLead", WORK),
    ("moveStage", WORK),
    ("preflightCapture", World),
    ("recordInteractions", WORK),
    ("refreshTokens", World),
    ("reopenDuplicate", WORK),
    ("rejectSubmission", SETTINGS),
    ("releaseSubmission", SETTINGS),
    ("removeFromBlockList", SETTINGS),
    ("replaySubmission", SETTINGS),
    ("replaySubmissions", SETTINGS),
    ("restoreLead", WORK),
    ("revokeApiKey", ADMINS),
    ("revokeSession", People),
    ("routeLead", ROUTING),
    ("scanDuplicates", SETTINGS),
    ("searchLeads", ALL),
    ("unmergeLead", WORK),
    ("testCaptureForm", SETTINGS),
    ("updateBant", WORK),
    ("updateCaptureForm", SETTINGS),
    ("updateCustomField", SETTINGS),
    ("updateLead", WORK),
    ("updateLeadSource", SETTINGS),
    ("updateOrganization", ADMINS),
    ("updateRoutingRule", ROUTING),
    ("updateTag", SETTINGS),
    ("updateTeam", ADMINS),
    ("updateUser", ADMINS),
    ("updateView", ALL),
];

/// An operation of the document.
#[derive(Clone, Debug)]
pub struct Operation {
    /// Its id.
    pub id: String,
    /// Its method.
    pub method: Method,
    /// Its address, with parameters in braces.
    pub path: String,
    /// Who may call it.
    pub who: Who,
}

/// Every operation of the document.
pub fn operations() -> Vec<Operation> {
    let document = leadwright_api::openapi::document().unwrap();
    let mut all = Vec::new();
    for (path, methods) in document["paths"].as_object().unwrap() {
        for (method, operation) in
            methods.as_object().unwrap().iter().filter(|(_, one)| one.get("operationId").is_some())
        {
            let id = operation["operationId"].as_str().unwrap().to_owned();
            let known = TABLE.iter().find(|(name, _)| *name == id);
            let (_, who) = known.unwrap_or_else(|| panic!("say in the table who may call {id}"));
            all.push(Operation { id, method: method.to_uppercase().parse().unwrap(), path: path.clone(), who: *who });
        }
    }
    for (id, _) in TABLE {
        assert!(
            all.iter().any(|operation| operation.id == *id),
            "there is no operation {id}; take it out of the table"
        );
    }
    all
}

impl Operation {
    /// Calls it with each `{parameter}` filled in, and the same records named in the body.
    pub async fn call(&self, client: &Client, value: impl Fn(&str) -> String) -> Reply {
        let mut path = self.path.clone();
        while let (Some(open), Some(close)) = (path.find('{'), path.find('}')) {
            path = format!("{}{}{}", &path[..open], value(&path[open + 1..close]), &path[close + 1..]);
        }
        let sends = matches!(self.method, Method::POST | Method::PATCH | Method::PUT);
        let (kind, body) = match self.id.as_str() {
            "createImport" => ("text/csv", "Name,E-mail\n".to_owned()),
            _ => ("application/json", self.body(value).to_string()),
        };
        let client = client.at_root().with("Content-Type", kind);
        client.send(self.method.clone(), &path, sends.then(|| body.into_bytes())).await
    }

    /// What is sent: enough that the record is looked for, where one is named.
    fn body(&self, value: impl Fn(&str) -> String) -> Value {
        match self.id.as_str() {
            "assignLead" => json!({"user_id": null, "team_id": null, "reason": "workload"}),
            "batchLeads" => json!({"operations": [{"op": "update", "id": value("lead_id"), "lead": {"city": "Rome"}}]}),
            "changeLeads" => json!({"ids": [value("lead_id")], "action": {"kind": "archive"}}),
            "captureLead" => json!({"name": "Jane Doe", "email": "jane@example.com"}),
            "changePassword" => json!({"current_password": "not this one", "new_password": "nor is it this"}),
            "erasePerson" => json!({"lead_id": value("lead_id"), "reason": "other"}),
            "mergeLeads" => json!({"with": [uuid::Uuid::max()]}),
            "moveLead" => json!({"to": "contacted"}),
            "moveStage" => json!({"to": "marketing_qualified"}),
            "recordInteractions" => json!({"kind": "chat"}),
            _ => json!({}),
        }
    }
}
