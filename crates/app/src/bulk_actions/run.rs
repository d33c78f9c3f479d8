//! Doing a bulk action: first all leads are picked, so that none is met twice or missed because of what is done to it, then
//! they are changed, part after part, each with the checkpoint in its own transaction.

use std::sync::Arc;

use leadwright_domain::{
    access::Scope,
    bulk_actions::{Action, BulkAction, BulkCounts, Checkpoint},
    condition::Condition,
    ids::{BulkActionId, Id, LeadId, OrganizationId},
    imports::{JobState, Progress},
};
use leadwright_persistence::{
    Call, Command, CommandError, DbError, Tx,
    bulk_actions::Part,
    jobs::{Lease, Step},
    leads::Filter,
};
use serde_json::{Value, json};
use tokio::sync::watch;

use super::{
    change::{Changes, Ordered},
    changed,
    order::{PART, parts_of},
    undo,
};
use crate::{App, Configurations, leads::Selection};

/// How many leads are picked with one transaction.
const PICKED: usize = 10 * PART;
/// How often a job is taken up again without getting any further.
const MOST_ATTEMPTS: i64 = 20;

/// One bulk action in the hands of a worker.
struct Work<'a> {
    app: &'a App,
    lease: Lease,
    action: BulkAction,
}

/// Does a claimed bulk action as far as it can be done now.
///
/// # Errors
/// The database failed; it is taken up again when the claim has run out.
pub async fn run(
    app: &App,
    organization: OrganizationId,
    lease: Lease,
    stop: &watch::Receiver<bool>,
) -> Result<(), CommandError> {
    let all = app.call(Scope::system(organization), None);
    let found = app.db.read(&all).bulk_actions().get(Id::from_uuid(lease.job.uuid())).await?;
    let mut action = found.ok_or_else(|| DbError::corrupt("a bulk action's job without a bulk action"))?;
    action.progress.began_at = action.progress.began_at.or(Some(all.now));
    let mut work = Work { app, lease, action };
    if lease.attempt > MOST_ATTEMPTS {
        return work.end(Some("It broke off again and again at the same leads; the log tells why.")).await;
    }
    while !*stop.borrow() {
        let went_on = if work.action.checkpoint.picking { work.pick().await? } else { work.change().await? };
        match went_on {
            Went::On => {}
            Went::Lost => return Ok(()),
            Went::Over(why) => return work.end(why.as_deref()).await,
        }
    }
    app.db.write(work.now(), Release(lease)).await
}

/// How a step of a job went.
enum Went {
    On,
    /// Somebody else has the job.
    Lost,
    /// There is nothing left, or it can't go on.
    Over(Option<String>),
}

impl Work<'_> {
    /// A call for whoever ordered it, now.
    fn now(&self) -> Call {
        let scope = undo::sight(&self.action);
        Call { scope, now: self.app.clock.now(), request_id: self.action.request_id.clone() }
    }

    /// Picks more leads, by what was so when it was ordered.
    async fn pick(&mut self) -> Result<Went, CommandError> {
        let call = Call { now: self.action.created_at, ..self.now() };
        let config = self.app.configuration(&call).await?;
        let picked = &self.action.picked;
        let condition = picked.condition.as_ref().map(|given| Condition::parse(given, &config.catalogue)).transpose();
        let Ok(condition) = condition else {
            let why = "The condition names what no longer exists; order it again with another.";
            return Ok(Went::Over(Some(why.to_owned())));
        };
        let filter = Filter { words: picked.words.clone(), archived: picked.archived.into(), ..Filter::default() };
        let reader = self.app.db.read(&call);
        let wanted = Selection { filter, condition }.resolved(reader.now(), &config);
        let before = &self.action.checkpoint;
        let found = reader.leads().ids(&wanted, before.after, PICKED as u64).await?;
        let whole = found.len() == PICKED;
        // Who comes in while it is done is not meant.
        let ids: Vec<LeadId> = found.into_iter().take_while(|id| id.uuid() < self.action.id.uuid()).collect();
        let parts = parts_of(&ids, before.parts);
        let checkpoint = Checkpoint {
            picking: whole && ids.len() == PICKED,
            after: ids.last().copied().or(before.after),
            parts: before.parts + parts.len() as u64,
            picked: before.picked + ids.len() as u64,
            next: before.next,
        };
        let progress =
            Progress { total: (!checkpoint.picking).then_some(checkpoint.picked), ..self.action.progress.clone() };
        let (id, lease) = (self.action.id, self.lease);
        let keep = KeepParts { id, lease, parts, checkpoint: checkpoint.clone(), progress: progress.clone() };
        if !self.app.db.write(self.now(), keep).await? {
            return Ok(Went::Lost);
        }
        (self.action.checkpoint, self.action.progress) = (checkpoint, progress);
        Ok(Went::On)
    }

    /// Changes the next part.
    async fn change(&mut self) -> Result<Went, CommandError> {
        let step = ChangePart {
            lease: self.lease,
            action: self.action.clone(),
            configurations: Arc::clone(&self.app.configurations),
        };
        Ok(match self.app.db.write(self.now(), step).await? {
            Stepped::Lost => Went::Lost,
            Stepped::Over => Went::Over(None),
            Stepped::On(after) => {
                let After { checkpoint, progress, counts } = *after;
                (self.action.checkpoint, self.action.progress, self.action.counts) = (checkpoint, progress, counts);
                Went::On
            }
        })
    }

    async fn end(&self, why: Option<&str>) -> Result<(), CommandError> {
        self.app
            .db
            .write(self.now(), End { lease: self.lease, action: self.action.clone(), why: why.map(Into::into) })
            .await
    }
}

/// Keeps leads that were picked. `false` where the claim is lost: nothing was written.
struct KeepParts {
    id: BulkActionId,
    lease: Lease,
    parts: Vec<Part>,
    checkpoint: Checkpoint,
    progress: Progress,
}

#[async_trait::async_trait]
impl Command for KeepParts {
    type Out = bool;

    async fn run(&self, tx: &Tx) -> Result<bool, CommandError> {
        let step =
            Step { payload: Some(json!(self.checkpoint)), progress: Some(json!(self.progress)), ..Step::default() };
        if !tx.jobs().step(&self.lease, &step).await? {
            return Ok(false);
        }
        tx.bulk_actions().add_parts(self.id, &self.parts).await?;
        Ok(true)
    }
}

/// Changes the next part.
struct ChangePart {
    lease: Lease,
    action: BulkAction,
    configurations: Arc<Configurations>,
}

/// How a bulk action stands after a part.
struct After {
    checkpoint: Checkpoint,
    progress: Progress,
    counts: BulkCounts,
}

enum Stepped {
    On(Box<After>),
    Lost,
    Over,
}

#[async_trait::async_trait]
impl Command for ChangePart {
    type Out = Stepped;

    async fn run(&self, tx: &Tx) -> Result<Stepped, CommandError> {
        if !tx.jobs().step(&self.lease, &Step::default()).await? {
            return Ok(Stepped::Lost);
        }
        let Some((next, counts)) = self.part(tx).await? else { return Ok(Stepped::Over) };
        let counts = self.action.counts.clone().and(counts);
        let checkpoint = Checkpoint { next, ..self.action.checkpoint.clone() };
        let done = counts.done();
        let total = self.action.progress.total.map(|total| total.max(done));
        let percent = total.filter(|total| *total > 0).map_or(0, |total| done * 100 / total);
        let progress = Progress { done, total, percent, began_at: self.action.progress.began_at };
        let step = Step {
            payload: Some(json!(checkpoint)),
            progress: Some(json!(progress)),
            result: Some(json!(counts)),
            ..Step::default()
        };
        let held = tx.jobs().step(&self.lease, &step).await?;
        Ok(if held { Stepped::On(Box::new(After { checkpoint, progress, counts })) } else { Stepped::Lost })
    }
}

impl ChangePart {
    /// Changes the next part; answers where it goes on and what came of it, `None` where there is none.
    async fn part(&self, tx: &Tx) -> Result<Option<(u64, BulkCounts)>, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let BulkAction { id, action, checkpoint, .. } = &self.action;
        if let Action::Undo { bulk_action_id: original, .. } = action {
            let Some(part) = tx.bulk_actions().changed_part(*original, checkpoint.next).await? else { return Ok(None) };
            let next = part.position + 1;
            let changes = undo::put_back(tx, &config, *id, action, &part.before).await?;
            let (done, counts) = undo::note(tx, *original, part, changes).await?;
            tx.bulk_actions().add_parts(*id, &[done]).await?;
            return Ok(Some((next, counts)));
        }
        let Some(part) = tx.bulk_actions().part(*id, checkpoint.next).await? else { return Ok(None) };
        let these = Ordered { id: *id, action, before: &[] };
        let Changes { counts, failures, before } = these.change(tx, &config, &part.leads).await?;
        let next = part.position + 1;
        tx.bulk_actions().part_done(*id, &Part { failures, before, ..part }).await?;
        Ok(Some((next, counts)))
    }
}

/// Ends a bulk action; where the claim is lost, nothing is written.
struct End {
    lease: Lease,
    action: BulkAction,
    why: Option<String>,
}

#[async_trait::async_trait]
impl Command for End {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let state = if self.why.is_some() { JobState::Failed } else { JobState::Succeeded };
        let progress = match state {
            JobState::Succeeded => {
                let progress = self.action.progress.clone();
                Progress { total: Some(progress.done), percent: 100, ..progress }
            }
            _ => self.action.progress.clone(),
        };
        let problem = self.why.as_ref().map(|why| problem(why));
        let step = Step { state: Some(state), progress: Some(json!(progress)), problem, ..Step::default() };
        if tx.jobs().step(&self.lease, &step).await? {
            tx.append(changed(&self.action, state.as_str()));
        }
        Ok(())
    }
}

fn problem(why: &str) -> Value {
    json!({
        "type": "/problems/state-conflict", "title": "The bulk action could not be done", "status": 409, "detail": why,
        "code": "state-conflict",
    })
}

/// Gives a claim back.
struct Release(Lease);

#[async_trait::async_trait]
impl Command for Release {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        Ok(tx.jobs().release(&self.0).await?)
    }
}
