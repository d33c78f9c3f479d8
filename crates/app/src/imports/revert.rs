//! Taking back what an import made (spec IMP-6).

use std::sync::Arc;

use leadwright_domain::{
    events::{EventKind, NewEvent},
    fault::{Problem, Refusal},
    ids::ImportId,
    imports::{Import, JobState, Phase, Progress, Reverted},
};
use leadwright_persistence::{
    Command, CommandError, Tx,
    imports::{job_id, payload},
    jobs::{Lease, Step},
};
use serde_json::json;

use super::begin::changed;

/// Takes back what an import made: a job removes the leads to which nothing has happened since.
#[derive(Clone, Copy, Debug)]
pub struct RevertImport(pub ImportId);

#[async_trait::async_trait]
impl Command for RevertImport {
    type Out = Import;

    async fn run(&self, tx: &Tx) -> Result<Import, CommandError> {
        let import = tx.imports().get(self.0).await?.ok_or_else(|| Refusal::not_found("import"))?;
        let refuse = |detail: &str| {
            let refusal = Refusal::new(Problem::StateConflict, detail);
            refusal.with("state", import.state.as_str())
        };
        if import.reverted.is_some() {
            return Err(refuse("This import has been taken back already.").into());
        }
        let step = Step {
            state: Some(JobState::Queued),
            payload: Some(payload(Phase::Revert)),
            progress: Some(json!({})),
            ..Step::default()
        };
        let over = [JobState::Succeeded, JobState::Failed, JobState::Cancelled];
        if !tx.jobs().change_from(job_id(self.0), &over, &step).await? {
            return Err(refuse("Only an import that is over can be taken back; cancel it first.").into());
        }
        tx.imports().reverted(self.0, &Reverted::default()).await?;
        tx.append(changed(&import, json!({"change": "revert_requested"})));
        Ok(tx.imports().get(self.0).await?.ok_or_else(|| Refusal::not_found("import"))?)
    }
}

/// Takes back what one batch made. `None` where the claim is lost: nothing was written.
pub(super) struct TakeBack {
    pub(super) import: Arc<Import>,
    pub(super) lease: Lease,
    pub(super) before: Reverted,
    pub(super) progress: Progress,
}

/// How it stands after a batch.
pub(super) struct Back {
    pub(super) reverted: Reverted,
    pub(super) progress: Progress,
    /// Whether there was nothing left.
    pub(super) over: bool,
}

#[async_trait::async_trait]
impl Command for TakeBack {
    type Out = Option<Back>;

    async fn run(&self, tx: &Tx) -> Result<Option<Back>, CommandError> {
        if !tx.jobs().step(&self.lease, &Step::default()).await? {
            return Ok(None);
        }
        let (id, mut reverted) = (self.import.id, self.before);
        let Some(made) = tx.imports().next_made(id, reverted.reached).await? else {
            return Ok(Some(Back { reverted, progress: self.progress.clone(), over: true }));
        };
        let gone = tx.leads().lock_untouched(&made.leads, id).await?;
        tx.leads().remove(&gone).await?;
        for lead in &gone {
            tx.append(NewEvent::of_lead(EventKind::LeadRemoved, *lead, json!({"import_id": id})));
        }
        reverted.removed += gone.len() as u64;
        reverted.kept += (made.leads.len() - gone.len()) as u64;
        reverted.reached = Some(made.position);
        tx.imports().reverted(id, &reverted).await?;
        let (done, all) = (reverted.removed + reverted.kept, self.import.counts.created.max(1));
        let progress =
            Progress { done, total: Some(all), percent: (done * 100 / all).min(100), ..self.progress.clone() };
        let step = Step { progress: Some(json!(progress)), ..Step::default() };
        Ok(tx.jobs().step(&self.lease, &step).await?.then_some(Back { reverted, progress, over: false }))
    }
}
