use actix_web::get;
use chrono::{DateTime, Utc};
use leadwright_app::capture::{ReplayCounts, ReplayJob, replay_job};
use leadwright_domain::ids::kind::Job;
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    http::{Answer, Can, PathId, Result, can::SubmissionsRead},
    imports::JobStateWord,
};

/// How many submissions came to what.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ReplayResult {
    /// They are what made a lead.
    created: u64,
    /// They told something new of a known lead.
    updated: u64,
    /// They told nothing new.
    merged: u64,
    /// They still lack something.
    failed: u64,
    /// They can't be taken in: there is none of that id, or it waits for review.
    refused: u64,
}

impl From<ReplayCounts> for ReplayResult {
    fn from(counts: ReplayCounts) -> Self {
        let ReplayCounts { created, updated, merged, failed, refused } = counts;
        Self { created, updated, merged, failed, refused }
    }
}

/// How far a replay is.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
pub struct ReplayProgressView {
    /// Submissions that are done.
    done: u64,
    /// Submissions in all.
    total: u64,
}

/// A job that takes submissions in anew.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = ReplayJob)]
pub struct ReplayJobView {
    /// The id.
    id: Uuid,
    /// Counts changes.
    version: i64,
    /// The kind of job: `replay`.
    #[schema(example = "replay")]
    kind: &'static str,
    state: JobStateWord,
    progress: ReplayProgressView,
    result: ReplayResult,
    /// Why it failed, as a problem.
    #[schema(value_type = Option<Object>)]
    problem: Option<Value>,
    /// When it was ordered.
    created_at: DateTime<Utc>,
    /// When it ended.
    finished_at: Option<DateTime<Utc>>,
}

impl From<ReplayJob> for ReplayJobView {
    fn from(job: ReplayJob) -> Self {
        Self {
            id: job.id.uuid(),
            version: job.version,
            kind: "replay",
            state: job.state.into(),
            progress: ReplayProgressView { done: job.progress.done, total: job.progress.total },
            result: job.counts.into(),
            problem: job.problem,
            created_at: job.created_at,
            finished_at: job.finished_at,
        }
    }
}

/// Read a replay of many submissions
///
/// Where the job stands, how far it is, and what came of the submissions so far.
#[utoipa::path(
    tag = "Submissions", operation_id = "getReplay", security(("bearer" = ["submissions:read"])),
    params(("replay_id" = uuid::Uuid, Path, description = "The id of the replay")),
    responses((status = 200, description = "The replay", body = ReplayJobView))
)]
#[get("/submissions/replays/{replay_id}")]
pub async fn get_replay(can: Can<SubmissionsRead>, id: PathId<Job>) -> Result {
    let job = replay_job(&can.read(), id.0).await?;
    let version = job.version;
    Ok(Answer::ok(&ReplayJobView::from(job)).version(version))
}
