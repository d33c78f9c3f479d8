//! Doing a bulk action: first all leads are picked, so that none is met twice or missed because of what is done to it, then
//! they are changed, part after part, each with the checkpoint in its own transaction.

use std::sync::Arc;

use leadwright_domain::{
    access::Scope,
    bulk_actions::{BulkAction, Checkpoint},
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
    changed,
    order::{PART, parts_of},
    part::{After, ChangePart, Stepped},
    undo,
};
use crate::{App, leads::Selection};

/// How many leads are picked with one transaction.
const PICKED: usize = 10 * PART;
/// How often a job is taken up again without getting any further.
const MOST_ATTEMPTS: i64 = 20;

/// One bulk action in the hands of a worker.
struct Work<'a> {
    app: &'a App,
    lease: Lease,
    action: BulkAction,
    /// How many leads are changed at once: fewer, where one of them can't be stored.
    most: usize,
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
    let found = app.db.read(&all).bulk_actions().get(Id::from_uuid(lease.job.uuid()), &[]).await?;
    let mut action = found.ok_or_else(|| DbError::corrupt("a bulk action's job without a bulk action"))?;
    action.progress.began_at = action.progress.began_at.or(Some(all.now));
    let mut work = Work { app, lease, action, most: PART };
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
        if picked.forgotten {
            let why = "It named somebody who was erased meanwhile; order it again without them.";
            return Ok(Went::Over(Some(why.to_owned())));
        }
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
            within: before.within,
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

    /// Changes the next part, or some of it. A database error halves what is changed at once, down to the one lead that can't
    /// be stored, which is left as it is.
    async fn change(&mut self) -> Result<Went, CommandError> {
        let stepped = match self.step(false).await {
            Err(error) if error.is_away() => return Err(error),
            Err(_) if self.most > 1 => {
                self.most /= 2;
                return Ok(Went::On);
            }
            Err(error) => {
                tracing::error!(bulk_action = %self.action.id, %error, "a lead can't be stored");
                self.step(true).await?
            }
            Ok(stepped) => stepped,
        };
        Ok(match stepped {
            Stepped::Lost => Went::Lost,
            Stepped::Over => Went::Over(None),
            Stepped::On(after) => {
                let After { checkpoint, progress, counts } = *after;
                (self.action.checkpoint, self.action.progress, self.action.counts) = (checkpoint, progress, counts);
                self.most = (self.most * 2).min(PART);
                Went::On
            }
        })
    }

    async fn step(&self, leave: bool) -> Result<Stepped, CommandError> {
        let step = ChangePart {
            lease: self.lease,
            action: self.action.clone(),
            configurations: Arc::clone(&self.app.configurations),
            most: self.most,
            leave,
        };
        self.app.db.write(self.now(), step).await
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
