//! `/api/v1/bulk-actions`: changes of many leads at once, and the jobs that make them.

pub mod cancel;
pub mod events;
pub mod failures;
pub mod get;
pub mod list;
pub mod undo;

use std::collections::BTreeMap;

use chrono::{DateTime, Utc};
use leadwright_app::Configuration;
use leadwright_domain::{
    bulk_actions::{BulkAction, BulkCounts, Failure, Picked},
    ids::Id,
};
use serde::Serialize;
use serde_json::{Map, Value, json};
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    conditions::ConditionShape,
    http::Answer,
    imports::{JobProgress, JobStateWord},
    leads::{actor::ActorView, search::ArchivedChoice},
};

/// How leads were picked.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BulkSelection {
    /// How many were named by their ids; `null` where they were not.
    #[schema(example = 3)]
    ids: Option<u64>,
    /// The view that they were picked through.
    view: Option<Uuid>,
    /// What had to hold, the view's condition included.
    #[serde(rename = "where")]
    #[schema(value_type = Option<ConditionShape>)]
    condition: Option<Value>,
    /// The words that had to be there.
    words: Vec<String>,
    /// As to archiving.
    archived: Option<ArchivedChoice>,
}

/// What became of the leads; the three add up to those that are done.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BulkResult {
    /// Leads that are changed; of an undo, leads that are as they were.
    #[schema(example = 40)]
    pub changed: u64,
    /// Leads that were so already.
    #[schema(example = 2)]
    pub unchanged: u64,
    /// Leads that may not be changed so; of an undo, leads that were changed since and stay. `GET
    /// /bulk-actions/{bulk_action_id}/failures` has them.
    #[schema(example = 1)]
    pub failed: u64,
    /// The failed ones by the code of their problem.
    #[schema(example = json!({"illegal-transition": 1}))]
    pub problems: BTreeMap<String, u64>,
}

/// Why a lead was left as it was.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BulkFailure {
    /// The lead.
    lead_id: Uuid,
    /// The code of the problem that a request for this lead alone would have answered.
    #[schema(example = "illegal-transition")]
    code: String,
    /// A sentence that tells what to do.
    detail: String,
}

/// A change of many leads at once, and its job.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = BulkAction)]
pub struct BulkActionView {
    /// The id.
    id: Uuid,
    /// Counts changes.
    version: i64,
    /// The kind of job: `bulk_action`.
    #[schema(example = "bulk_action")]
    kind: &'static str,
    /// Where it stands.
    state: JobStateWord,
    /// What becomes of each lead, as it was asked; of an undo, `{"kind": "undo", "bulk_action_id": …}`.
    #[schema(value_type = Object, example = json!({"kind": "set_priority", "priority": "high"}))]
    action: Value,
    /// How the leads were picked.
    selection: BulkSelection,
    /// How far it is; `total` is known once all leads are picked.
    progress: JobProgress,
    /// What became of the leads so far.
    result: BulkResult,
    /// Why it failed: a problem.
    #[schema(value_type = Option<Object>)]
    problem: Option<Value>,
    /// Who ordered it.
    actor: ActorView,
    /// Until when it can be undone; `null` where there is nothing to undo, or not yet, or it is being done.
    undo_until: Option<DateTime<Utc>>,
    /// The bulk action that undoes this one.
    undone_by: Option<Uuid>,
    /// When it was ordered.
    created_at: DateTime<Utc>,
    /// When it last moved.
    updated_at: DateTime<Utc>,
    /// When it ended.
    finished_at: Option<DateTime<Utc>>,
}

impl From<Picked> for BulkSelection {
    fn from(Picked { ids, view, condition, words, archived, .. }: Picked) -> Self {
        Self { ids, view: view.map(Id::uuid), condition, words, archived: archived.map(Into::into) }
    }
}

impl From<BulkCounts> for BulkResult {
    fn from(BulkCounts { changed, unchanged, failed, problems }: BulkCounts) -> Self {
        Self { changed, unchanged, failed, problems }
    }
}

impl From<Failure> for BulkFailure {
    fn from(Failure { lead, code, detail }: Failure) -> Self {
        Self { lead_id: lead.uuid(), code, detail }
    }
}

impl BulkActionView {
    /// How a bulk action is shown.
    pub fn of(known: &BulkAction, config: &Configuration) -> Self {
        Self {
            id: known.id.uuid(),
            version: known.version,
            kind: "bulk_action",
            state: known.state.into(),
            action: asked(json!(known.action)),
            selection: known.picked.clone().into(),
            progress: JobProgress::of(&known.progress, known.state, known.updated_at),
            result: known.counts.clone().into(),
            problem: known.problem.clone(),
            actor: ActorView::of(known.scope.actor, config),
            undo_until: known.undo_until(),
            undone_by: known.undone_by.map(Id::uuid),
            created_at: known.created_at,
            updated_at: known.updated_at,
            finished_at: known.finished_at,
        }
    }
}

/// An action as it was asked for: what is stored, without what nobody said.
fn asked(stored: Value) -> Value {
    let Value::Object(members) = stored else { return stored };
    let is_said = |name: &str, value: &Value| match name {
        "may_override" | "of" => false,
        "by_override" => *value == Value::Bool(true),
        "reason" | "note" => !value.is_null(),
        _ => true,
    };
    let said = members.into_iter().filter(|(name, value)| is_said(name, value));
    let said = said.map(|(name, value)| (if name == "by_override" { "override".to_owned() } else { name }, value));
    Value::Object(said.collect::<Map<_, _>>())
}

/// Where a bulk action lives.
pub fn location(known: &BulkAction) -> String {
    format!("/api/v1/bulk-actions/{}", known.id)
}

/// A bulk action that was just ordered: 201 if it is over, 202 if a worker has it.
pub fn answer(known: &BulkAction, config: &Configuration) -> Answer {
    let view = BulkActionView::of(known, config);
    let answer = if known.state.is_final() {
        Answer::created(location(known), &view)
    } else {
        Answer::accepted(&view).header("Location", location(known))
    };
    answer.version(known.version)
}
