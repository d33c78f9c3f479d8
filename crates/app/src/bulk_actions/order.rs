use std::sync::Arc;

use leadwright_domain::{
    bulk_actions::{Action, BulkAction, BulkCounts, Checkpoint, MOST_AT_ONCE, Picked},
    ids::LeadId,
    imports::{JobState, Progress},
};
use leadwright_persistence::{Command, CommandError, DbError, Reader, Tx, bulk_actions::Part};

use super::{change::Ordered, changed};
use crate::{
    Configuration, Configurations,
    leads::{Selection, read::too_costly},
};

/// How many leads are changed with one transaction of a job.
pub(super) const PART: usize = 250;

/// Which leads are meant.
#[derive(Clone, Debug)]
pub enum Pick {
    /// These, sorted and each once.
    Ids(Vec<LeadId>),
    /// Whatever is selected.
    Where(Box<Selection>),
}

/// The leads that are meant, if they are few enough to be changed at once.
///
/// # Errors
/// The condition costs too much, or the database failed.
pub async fn few(reader: &Reader, config: &Configuration, pick: &Pick) -> Result<Option<Vec<LeadId>>, CommandError> {
    let ids = match pick {
        Pick::Ids(ids) => ids.clone(),
        Pick::Where(selection) => {
            let wanted = selection.resolved(reader.now(), config);
            reader.leads().first_ids(&wanted, MOST_AT_ONCE as u64 + 1).await.map_err(too_costly)?
        }
    };
    Ok((ids.len() <= MOST_AT_ONCE).then_some(ids))
}

/// A bulk action that has just been ordered.
pub(super) fn ordered(tx: &Tx, action: Action, picked: Picked) -> BulkAction {
    BulkAction {
        id: tx.new_id(),
        version: 1,
        state: JobState::Queued,
        action,
        picked,
        checkpoint: Checkpoint::default(),
        progress: Progress::default(),
        counts: BulkCounts::default(),
        undone_by: None,
        problem: None,
        scope: tx.scope().clone(),
        request_id: tx.request_id().map(ToOwned::to_owned),
        created_at: tx.now(),
        updated_at: tx.now(),
        finished_at: None,
    }
}

/// Writes a bulk action as it stands and answers it as it is read.
pub(super) async fn begin(tx: &Tx, new: &BulkAction, parts: &[Part]) -> Result<BulkAction, CommandError> {
    tx.bulk_actions().insert(new).await?;
    tx.bulk_actions().add_parts(new.id, parts).await?;
    tx.append(changed(new, "created"));
    let written = tx.bulk_actions().get(new.id, &[]).await?;
    Ok(written.ok_or_else(|| DbError::corrupt("a bulk action that was just ordered"))?)
}

/// A bulk action that is over, with what came of it.
pub(super) fn over(new: BulkAction, counts: BulkCounts, parts: u64) -> BulkAction {
    let picked = counts.done();
    BulkAction {
        state: JobState::Succeeded,
        checkpoint: Checkpoint { parts, picked, next: parts, ..Checkpoint::default() },
        progress: Progress { done: picked, total: Some(picked), percent: 100, began_at: None },
        counts,
        ..new
    }
}

/// Changes a few leads at once.
#[derive(Clone, Debug)]
pub struct ChangeNow {
    /// What becomes of each.
    pub action: Action,
    /// How they were picked.
    pub picked: Picked,
    /// The leads.
    pub ids: Vec<LeadId>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

#[async_trait::async_trait]
impl Command for ChangeNow {
    type Out = BulkAction;

    async fn run(&self, tx: &Tx) -> Result<BulkAction, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let new = ordered(tx, self.action.clone(), self.picked.clone());
        let these = Ordered { id: new.id, action: &self.action, before: &[] };
        let changes = these.change(tx, &config, &self.ids).await?;
        let part = Part { failures: changes.failures, before: changes.before, ..Part::of(0, self.ids.clone()) };
        begin(tx, &over(new, changes.counts, 1), &[part]).await
    }
}

/// Orders a change of many leads: a job picks and changes them.
#[derive(Clone, Debug)]
pub struct BeginBulkAction {
    /// What becomes of each.
    pub action: Action,
    /// How they are picked.
    pub picked: Picked,
    /// The leads, where they were named.
    pub ids: Option<Vec<LeadId>>,
}

#[async_trait::async_trait]
impl Command for BeginBulkAction {
    type Out = BulkAction;

    async fn run(&self, tx: &Tx) -> Result<BulkAction, CommandError> {
        let mut new = ordered(tx, self.action.clone(), self.picked.clone());
        let parts = parts_of(self.ids.as_deref().unwrap_or_default(), 0);
        let picked = self.ids.as_ref().map_or(0, |ids| ids.len() as u64);
        new.checkpoint =
            Checkpoint { picking: self.ids.is_none(), parts: parts.len() as u64, picked, ..Checkpoint::default() };
        new.progress.total = self.ids.as_ref().map(|_| picked);
        begin(tx, &new, &parts).await
    }
}

/// Leads in parts, the first of them at a place.
pub(super) fn parts_of(ids: &[LeadId], first: u64) -> Vec<Part> {
    ids.chunks(PART).zip(first..).map(|(ids, place)| Part::of(place, ids.to_vec())).collect()
}
