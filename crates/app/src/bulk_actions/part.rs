//! Changing a part of the leads of a bulk action, with the checkpoint in the same transaction.

use std::sync::Arc;

use leadwright_domain::{
    bulk_actions::{Action, BulkAction, BulkCounts, Checkpoint, Failure},
    ids::{BulkActionId, LeadId},
    imports::Progress,
};
use leadwright_persistence::{
    Command, CommandError, Tx,
    bulk_actions::Part,
    jobs::{Lease, Step},
};
use serde_json::json;

use super::{
    change::{Changes, Ordered},
    undo,
};
use crate::{Configuration, Configurations};

/// Changes the next part, or some of it.
pub(super) struct ChangePart {
    pub(super) lease: Lease,
    pub(super) action: BulkAction,
    pub(super) configurations: Arc<Configurations>,
    /// How many leads at most.
    pub(super) most: usize,
    /// Whether they are left as they are, because they can't be stored.
    pub(super) leave: bool,
}

/// How a bulk action stands after a part.
pub(super) struct After {
    pub(super) checkpoint: Checkpoint,
    pub(super) progress: Progress,
    pub(super) counts: BulkCounts,
}

/// What came of a step.
pub(super) enum Stepped {
    /// Some leads are done.
    On(Box<After>),
    /// Somebody else has the job.
    Lost,
    /// There is nothing left.
    Over,
}

#[async_trait::async_trait]
impl Command for ChangePart {
    type Out = Stepped;

    async fn run(&self, tx: &Tx) -> Result<Stepped, CommandError> {
        if !tx.jobs().step(&self.lease, &Step::default()).await? {
            return Ok(Stepped::Lost);
        }
        let Some((checkpoint, counts)) = self.part(tx).await? else { return Ok(Stepped::Over) };
        let counts = self.action.counts.clone().and(counts);
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
    /// Changes the next leads; answers where it goes on and what came of them, `None` where there are none.
    async fn part(&self, tx: &Tx) -> Result<Option<(Checkpoint, BulkCounts)>, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let BulkAction { id, action, checkpoint, .. } = &self.action;
        if let Action::Undo { bulk_action_id: original, .. } = action {
            return self.put_back(tx, &config, *original).await;
        }
        let Some(mut part) = tx.bulk_actions().part(*id, checkpoint.next).await? else { return Ok(None) };
        let end = (checkpoint.within + self.most).min(part.leads.len());
        let ids = part.leads.get(checkpoint.within..end).unwrap_or_default();
        let changes = match self.leave {
            true => left(ids.iter().copied()),
            false => Ordered { id: *id, action, before: &[] }.change(tx, &config, ids).await?,
        };
        let checkpoint = if end == part.leads.len() {
            Checkpoint { next: part.position + 1, within: 0, ..checkpoint.clone() }
        } else {
            Checkpoint { within: end, ..checkpoint.clone() }
        };
        part.failures.extend(changes.failures);
        part.before.extend(changes.before);
        tx.bulk_actions().part_done(*id, &part).await?;
        Ok(Some((checkpoint, changes.counts)))
    }

    /// The same for leads that are put back: what is left to be put back of a part says where it goes on.
    async fn put_back(
        &self,
        tx: &Tx,
        config: &Arc<Configuration>,
        original: BulkActionId,
    ) -> Result<Option<(Checkpoint, BulkCounts)>, CommandError> {
        let BulkAction { id, action, checkpoint, .. } = &self.action;
        let Some(mut part) = tx.bulk_actions().changed_part(original, checkpoint.next).await? else { return Ok(None) };
        let rest = part.before.split_off(self.most.min(part.before.len()));
        let changes = match self.leave {
            true => left(part.before.iter().map(|kept| kept.lead)),
            false => undo::put_back(tx, config, *id, action, &part.before).await?,
        };
        let position = part.position;
        let next = if rest.is_empty() { position + 1 } else { position };
        tx.bulk_actions().part_done(original, &Part { before: rest, ..part }).await?;
        match tx.bulk_actions().part(*id, position).await? {
            Some(mut done) => {
                done.failures.extend(changes.failures);
                tx.bulk_actions().part_done(*id, &done).await?;
            }
            None => {
                let done = Part { failures: changes.failures, ..Part::of(position, Vec::new()) };
                tx.bulk_actions().add_parts(*id, &[done]).await?;
            }
        }
        Ok(Some((Checkpoint { next, ..checkpoint.clone() }, changes.counts)))
    }
}

/// Leads that are left as they are.
fn left(ids: impl Iterator<Item = LeadId>) -> Changes {
    let mut changes = Changes { failures: ids.map(Failure::not_stored).collect(), ..Changes::default() };
    changes.counts.fail(&changes.failures);
    changes
}
