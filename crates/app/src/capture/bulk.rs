//! Taking many submissions in anew: a few at once, more than that as a job that goes on where it was after any crash.
//! What one of them lacks never stops the others.

use leadwright_domain::{
    capture::SubmissionState,
    fault::Refusal,
    ids::{JobId, LeadId, SubmissionId},
    imports::JobState,
    time::Instant,
};
use leadwright_persistence::{
    Call, Command, CommandError, DbError, Reader, Tx,
    capture::SubmissionFilter,
    jobs::{Lease, NewJob, Step, StoredJob},
};
use serde::{Deserialize, Serialize};
use serde_json::json;
use tokio::sync::watch;

use super::replay;
use crate::App;

/// The kind of these jobs.
pub const REPLAY_KIND: &str = "replay";
/// As many are taken in at once; more make a job.
pub const MOST_AT_ONCE: usize = 100;
/// How many are taken in between two checkpoints.
const STEP: u64 = 20;
/// How often a job is taken up again without getting any further.
const MOST_ATTEMPTS: i64 = 20;

/// What came of one submission.
#[derive(Clone, Debug)]
pub struct Replayed {
    /// Which.
    pub id: SubmissionId,
    /// What came of it, and its lead; or why it can't be taken in.
    pub came: Result<(SubmissionState, Option<LeadId>), Refusal>,
}

/// How many came to what.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ReplayCounts {
    /// They are what made a lead.
    pub created: u64,
    /// They told something new of a known lead.
    pub updated: u64,
    /// They told nothing new, or nothing yet.
    pub merged: u64,
    /// They still lack something.
    pub failed: u64,
    /// They can't be taken in: there is none, or it waits for review.
    pub refused: u64,
}

impl ReplayCounts {
    /// Counts one more.
    pub fn count(&mut self, one: &Replayed) {
        let place = match &one.came {
            Ok((SubmissionState::Created, _)) => &mut self.created,
            Ok((SubmissionState::Updated, _)) => &mut self.updated,
            Ok((
                SubmissionState::Merged | SubmissionState::Pending | SubmissionState::Test | SubmissionState::Ignored,
                _,
            )) => &mut self.merged,
            Ok((SubmissionState::Failed, _)) => &mut self.failed,
            Ok((SubmissionState::Quarantined | SubmissionState::Rejected | SubmissionState::Erased, _)) | Err(_) => {
                &mut self.refused
            }
        };
        *place += 1;
    }

    /// All of them.
    pub const fn all(&self) -> u64 {
        self.created + self.updated + self.merged + self.failed + self.refused
    }
}

/// The submissions that a filter names, if they are few enough to be taken in at once.
///
/// # Errors
/// The database failed.
pub async fn few(reader: &Reader, filter: &SubmissionFilter) -> Result<Option<Vec<SubmissionId>>, DbError> {
    let ids = reader.submissions().ids(filter, None, MOST_AT_ONCE as u64 + 1).await?;
    Ok((ids.len() <= MOST_AT_ONCE).then_some(ids))
}

/// Takes submissions in anew, one after the other.
///
/// # Errors
/// The database is away; what is wrong with one of them is its own outcome.
pub async fn replay_all(app: &App, call: &Call, ids: &[SubmissionId]) -> Result<Vec<Replayed>, CommandError> {
    let mut all = Vec::with_capacity(ids.len());
    for id in ids {
        let came = match replay(app, call.clone(), *id).await {
            Ok(taken) => Ok((taken.state, taken.lead_id)),
            Err(CommandError::Refused(refusal)) => Err(*refusal),
            Err(error) => return Err(error),
        };
        all.push(Replayed { id: *id, came });
    }
    Ok(all)
}

/// What the job needs to know.
#[derive(Debug, Serialize, Deserialize)]
struct Payload {
    filter: SubmissionFilter,
    after: Option<SubmissionId>,
}

/// How far a job is.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct ReplayProgress {
    /// How many are done.
    pub done: u64,
    /// How many there were when it was ordered.
    pub total: u64,
}

/// A job that takes submissions in anew.
#[derive(Clone, Debug)]
pub struct ReplayJob {
    /// Which.
    pub id: JobId,
    /// Counts changes.
    pub version: i64,
    /// Where it stands.
    pub state: JobState,
    /// How far it is.
    pub progress: ReplayProgress,
    /// What came of them so far.
    pub counts: ReplayCounts,
    /// Why it failed.
    pub problem: Option<serde_json::Value>,
    /// When it was ordered.
    pub created_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
}

impl TryFrom<StoredJob> for ReplayJob {
    type Error = DbError;

    fn try_from(job: StoredJob) -> Result<Self, DbError> {
        Ok(Self {
            id: job.id,
            version: job.version,
            state: job.state,
            progress: serde_json::from_value(job.progress).map_err(DbError::corrupt)?,
            counts: serde_json::from_value(job.result).map_err(DbError::corrupt)?,
            problem: job.problem,
            created_at: job.created_at,
            finished_at: job.finished_at,
        })
    }
}

/// A job, as it stands.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn replay_job(reader: &Reader, id: JobId) -> Result<ReplayJob, CommandError> {
    let job = reader.jobs().get(REPLAY_KIND, id).await?.ok_or_else(|| Refusal::not_found("replay"))?;
    Ok(job.try_into()?)
}

/// Orders a job that takes in anew what a filter names now.
#[derive(Clone, Debug)]
pub struct OrderReplay(pub SubmissionFilter);

#[async_trait::async_trait]
impl Command for OrderReplay {
    type Out = ReplayJob;

    async fn run(&self, tx: &Tx) -> Result<ReplayJob, CommandError> {
        let now = tx.now();
        // What comes while it is done is not meant.
        let received_before = Some(self.0.received_before.map_or(now, |before| before.min(now)));
        let filter = SubmissionFilter { received_before, ..self.0.clone() };
        let total = tx.submissions().count(&filter).await?;
        let id: JobId = tx.new_id();
        let payload = serde_json::to_value(Payload { filter, after: None }).map_err(DbError::corrupt)?;
        tx.jobs().insert(&NewJob { id, kind: REPLAY_KIND, payload }).await?;
        let progress = ReplayProgress { done: 0, total };
        let step =
            Step { progress: Some(json!(progress)), result: Some(json!(ReplayCounts::default())), ..Step::default() };
        tx.jobs().change_from(id, &[JobState::Queued], &step).await?;
        let job =
            tx.jobs().get(REPLAY_KIND, id).await?.ok_or_else(|| DbError::corrupt("a job that was just ordered"))?;
        Ok(job.try_into()?)
    }
}

/// Notes how far a job is; `false` where somebody else has it.
struct Note(Lease, Step);

#[async_trait::async_trait]
impl Command for Note {
    type Out = bool;

    async fn run(&self, tx: &Tx) -> Result<bool, CommandError> {
        Ok(tx.jobs().step(&self.0, &self.1).await?)
    }
}

/// Gives a claim back.
struct GiveBack(Lease);

#[async_trait::async_trait]
impl Command for GiveBack {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        Ok(tx.jobs().release(&self.0).await?)
    }
}

/// Does a claimed job as far as it can be done now. What was taken in since the last checkpoint is taken in once more after
/// a crash, which changes nothing further.
///
/// # Errors
/// The database failed; the job is taken up again when the claim has run out.
pub(crate) async fn run(app: &App, call: Call, lease: Lease, stop: &watch::Receiver<bool>) -> Result<(), CommandError> {
    let now = || Call { now: app.clock.now(), ..call.clone() };
    let reader = app.db.read(&call);
    let stored =
        reader.jobs().get(REPLAY_KIND, lease.job).await?.ok_or_else(|| DbError::corrupt("a job that is gone"))?;
    let mut payload: Payload = serde_json::from_value(stored.payload.clone()).map_err(DbError::corrupt)?;
    let ReplayJob { mut progress, mut counts, .. } = stored.try_into()?;
    if lease.attempt > MOST_ATTEMPTS {
        let detail = "It broke off again and again at the same place; the log tells why.";
        let problem = json!({
            "type": "/problems/internal-error", "title": "The replay could not be done", "status": 500, "detail": detail,
            "code": "internal-error",
        });
        let failed = Step { state: Some(JobState::Failed), problem: Some(problem), ..Step::default() };
        app.db.write(now(), Note(lease, failed)).await?;
        return Ok(());
    }
    while !*stop.borrow() {
        let ids = reader.submissions().ids(&payload.filter, payload.after, STEP).await?;
        let Some(last) = ids.last().copied() else {
            let done = Step { state: Some(JobState::Succeeded), ..Step::default() };
            app.db.write(now(), Note(lease, done)).await?;
            return Ok(());
        };
        for one in replay_all(app, &now(), &ids).await? {
            counts.count(&one);
        }
        payload.after = Some(last);
        progress = ReplayProgress { done: counts.all(), total: progress.total.max(counts.all()) };
        let step = Step {
            payload: Some(json!(payload)),
            progress: Some(json!(progress)),
            result: Some(json!(counts)),
            ..Step::default()
        };
        if !app.db.write(now(), Note(lease, step)).await? {
            return Ok(());
        }
    }
    app.db.write(now(), GiveBack(lease)).await
}
