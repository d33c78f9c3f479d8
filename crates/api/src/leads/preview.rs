//! What would happen to an incoming lead.

use leadwright_app::intake::{Came, Outcome};
use leadwright_domain::{events::NewEvent, fault::Fault};
use serde::Serialize;
use serde_json::{Value, json};
use utoipa::ToSchema;

use super::{LeadView, cleansing::CleansedValue};

/// What would happen to an incoming lead. Nothing was kept.
#[derive(Debug, Serialize, ToSchema)]
pub struct LeadPreview {
    /// `created`, `updated`, `skipped` or `refused`.
    #[schema(example = "created")]
    pub action: &'static str,
    /// The lead as it would be; the id of a new one is the nil UUID.
    pub lead: Option<LeadView>,
    /// The known leads it resembles, the best first, and by what.
    #[schema(value_type = Vec<Object>)]
    pub duplicates: Value,
    /// How the score would come about: the rules and their points; empty where it stays as it is.
    #[schema(value_type = Vec<Object>)]
    pub score_parts: Value,
    /// Who would get it: the rules that were tried.
    #[schema(value_type = Option<Object>)]
    pub route: Option<Value>,
    /// The names of fields that would change on a known lead.
    pub changes: Vec<&'static str>,
    /// The names of fields whose new value would be kept as a suggestion instead.
    pub suggested: Vec<String>,
    /// Values that would not be kept as they came.
    pub cleansed: Vec<CleansedValue>,
    /// What was understood but is not quite right.
    #[schema(value_type = Vec<Object>)]
    pub warnings: Vec<Fault>,
    /// The kinds of events that would be appended.
    #[schema(example = json!(["lead.created"]))]
    pub events: Vec<&'static str>,
}

/// A lead, or what would happen.
#[derive(Serialize, ToSchema)]
#[serde(untagged)]
#[schema(as = LeadOrPreview)]
#[expect(dead_code, reason = "the shape of an answer, for the document")]
pub enum LeadOrPreview {
    /// The known lead.
    #[schema(value_type = LeadView)]
    Lead(Box<LeadView>),
    /// What would happen.
    #[schema(value_type = LeadPreview)]
    Preview(Box<LeadPreview>),
}

impl LeadPreview {
    /// Puts an outcome that was not kept into words.
    pub fn of(outcome: Outcome, events: &[NewEvent]) -> Self {
        let config = &outcome.configuration;
        let (action, lead, route, changes) = match &outcome.came {
            Came::Created { lead, routed } => {
                let route = routed.as_ref().map(|routed| {
                    serde_json::json!({"rule": routed.rule, "assignment": routed.assignment, "trace": routed.trace})
                });
                ("created", Some(lead), route, vec![])
            }
            Came::Updated { lead, changes, .. } => {
                ("updated", Some(lead), None, changes.iter().map(|change| change.field).collect())
            }
            Came::Skipped { .. } => ("skipped", None, None, vec![]),
            Came::Refused(_) => ("refused", None, None, vec![]),
        };
        let refused_fields = match &outcome.came {
            Came::Updated { suggested, .. } => suggested.iter().map(|one| one.field.clone()).collect(),
            _ => vec![],
        };
        let refused = match &outcome.came {
            Came::Refused(refusal) => refusal.members.get("duplicates").cloned(),
            _ => Some(serde_json::to_value(&outcome.matched.matches).unwrap_or_default()),
        };
        Self {
            action,
            score_parts: lead.map_or_else(|| json!([]), |lead| json!(lead.score.parts)),
            lead: lead.map(|lead| LeadView::of(lead, config)),
            duplicates: refused.unwrap_or_else(|| Value::Array(vec![])),
            route,
            changes,
            suggested: refused_fields,
            cleansed: outcome.prepared.cleansed().into_iter().map(Into::into).collect(),
            warnings: outcome.warnings.clone(),
            events: events.iter().map(|event| event.kind.as_str()).collect(),
        }
    }
}
