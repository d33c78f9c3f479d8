//! Taking a bulk action back, where nobody has changed the leads since.

use std::sync::Arc;

use leadwright_domain::{
    access::{LeadVisibility, Role, Scope},
    bulk_actions::{Action, ActionKind, BulkAction, BulkCounts, Kept, MOST_AT_ONCE, Picked},
    fault::{Problem, Refusal},
    ids::{BulkActionId, LeadId},
    imports::JobState,
};
use leadwright_persistence::{Call, Command, CommandError, DbError, Tx, bulk_actions::Part};

use super::{
    change::{Changes, Ordered},
    led,
    order::{begin, ordered, over},
};
use crate::Configurations;

/// Takes a bulk action back. Where that is done or being done already, it is the answer.
#[derive(Clone, Debug)]
pub struct UndoBulkAction {
    /// Which.
    pub id: BulkActionId,
    /// The caller's role, for people.
    pub role: Option<Role>,
    /// Whether the caller may give leads to others.
    pub may_assign: bool,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

/// An undo, and whether it has just been ordered.
pub type Undone = (BulkAction, bool);

#[async_trait::async_trait]
impl Command for UndoBulkAction {
    type Out = Undone;

    async fn run(&self, tx: &Tx) -> Result<Undone, CommandError> {
        let original = led(tx, self.id, self.role).await?;
        if original.action.kind() == ActionKind::Assign && !self.may_assign {
            let detail = "This gives leads to others, which needs the scope `leads:assign`.";
            return Err(Refusal::new(Problem::Forbidden, detail).into());
        }
        if let Some(earlier) = original.undone_by {
            let detail = "Somebody else has undone it already, or is about to.";
            let known = tx.bulk_actions().get(earlier, tx.scope().leads.led(self.role)).await?;
            let known = known.ok_or_else(|| Refusal::new(Problem::StateConflict, detail))?;
            // One that was stopped or broke off is begun anew with what it left.
            if !matches!(known.state, JobState::Cancelled | JobState::Failed) {
                return Ok((known, false));
            }
        }
        original.check_undo(tx.now())?;
        let action = Action::Undo { bulk_action_id: original.id, of: original.action.kind() };
        let new = ordered(tx, action, Picked { ids: Some(original.counts.changed), ..Picked::default() });
        if !tx.bulk_actions().undone_by(original.id, original.undone_by, new.id).await? {
            return Err(DbError::Retry("somebody else undoes it".to_owned()).into());
        }
        if original.counts.changed > MOST_AT_ONCE as u64 {
            let mut waiting = new;
            waiting.progress.total = Some(original.counts.changed);
            return Ok((begin(tx, &waiting, &[]).await?, true));
        }
        let (mut parts, mut counts, mut from) = (Vec::new(), BulkCounts::default(), 0);
        while let Some(part) = tx.bulk_actions().changed_part(original.id, from).await? {
            from = part.position + 1;
            let (done, more) = self.put_back(tx, &new, &original, part).await?;
            counts = counts.and(more);
            parts.push(done);
        }
        let undone = over(new, counts, from);
        Ok((begin(tx, &undone, &parts).await?, true))
    }
}

impl UndoBulkAction {
    async fn put_back(
        &self,
        tx: &Tx,
        new: &BulkAction,
        original: &BulkAction,
        part: Part,
    ) -> Result<(Part, BulkCounts), CommandError> {
        let call = Call { scope: sight(new), now: tx.now(), request_id: new.request_id.clone() };
        let put = PutBack {
            id: new.id,
            action: new.action.clone(),
            before: part.before.clone(),
            configurations: Arc::clone(&self.configurations),
        };
        let changes = Box::pin(tx.within(call, &put)).await?;
        note(tx, original.id, part, changes).await
    }
}

/// Who puts leads back sees all of them: also those that the change itself took out of their sight. That nobody has changed
/// them since is what allows it.
pub(super) fn sight(action: &BulkAction) -> Scope {
    match action.action.kind() {
        ActionKind::Undo => Scope { leads: LeadVisibility::All, ..action.scope.clone() },
        _ => action.scope.clone(),
    }
}

/// Notes what came of putting a part back: nothing of it is left to be taken back. Answers the part of the undo.
async fn note(
    tx: &Tx,
    original: BulkActionId,
    part: Part,
    changes: Changes,
) -> Result<(Part, BulkCounts), CommandError> {
    let position = part.position;
    tx.bulk_actions().part_done(original, &Part { before: Vec::new(), ..part }).await?;
    Ok((Part { failures: changes.failures, ..Part::of(position, Vec::new()) }, changes.counts))
}

/// Puts leads back.
struct PutBack {
    id: BulkActionId,
    action: Action,
    before: Vec<Kept>,
    configurations: Arc<Configurations>,
}

#[async_trait::async_trait]
impl Command for PutBack {
    type Out = Changes;

    async fn run(&self, tx: &Tx) -> Result<Changes, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        put_back(tx, &config, self.id, &self.action, &self.before).await
    }
}

/// Puts leads back within a transaction that sees them.
pub(super) async fn put_back(
    tx: &Tx,
    config: &Arc<crate::Configuration>,
    id: BulkActionId,
    action: &Action,
    before: &[Kept],
) -> Result<Changes, CommandError> {
    let ids: Vec<LeadId> = before.iter().map(|kept| kept.lead).collect();
    Ordered { id, action, before }.change(tx, config, &ids).await
}
