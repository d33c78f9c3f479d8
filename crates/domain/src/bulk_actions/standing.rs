//! A bulk action as it stands.

use std::collections::BTreeMap;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Action, ActionKind};
use crate::{
    access::{Actor, Role, Scope},
    fault::{Problem, Refusal},
    ids::{BulkActionId, LeadId, ViewId},
    imports::{JobState, Progress},
    time::Instant,
    views::ArchivedWord,
};

/// As many leads are changed at once; more make a job.
pub const MOST_AT_ONCE: usize = 100;
/// For how many days a bulk action can be taken back.
pub const UNDO_DAYS: i64 = 7;

/// Which leads were picked.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Picked {
    /// How many leads were named by their ids; `None` where they were not.
    pub ids: Option<u64>,
    /// The view that they were picked through.
    pub view: Option<ViewId>,
    /// What must hold, the view's condition included; every lead is meant without it.
    pub condition: Option<Value>,
    /// The words of a text search, the view's included.
    pub words: Vec<String>,
    /// As to archiving.
    pub archived: Option<ArchivedWord>,
    /// Whether what named somebody who was erased was taken out: nobody is picked by the rest.
    #[serde(skip_serializing_if = "std::ops::Not::not")]
    pub forgotten: bool,
}

/// What became of the leads.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct BulkCounts {
    /// Leads that are changed.
    pub changed: u64,
    /// Leads that were so already.
    pub unchanged: u64,
    /// Leads that may not be changed so.
    pub failed: u64,
    /// The failed ones by their problem.
    pub problems: BTreeMap<String, u64>,
}

/// Why one lead was not changed.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Failure {
    /// Which.
    pub lead: LeadId,
    /// The problem's word.
    pub code: String,
    /// A sentence that tells what to do.
    pub detail: String,
}

/// Where a bulk action goes on.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct Checkpoint {
    /// Whether leads are still being picked.
    pub picking: bool,
    /// The last lead that was picked.
    pub after: Option<LeadId>,
    /// How many parts there are.
    pub parts: u64,
    /// How many leads they hold.
    pub picked: u64,
    /// The next part to be changed.
    pub next: u64,
    /// How many leads of that part are done already.
    pub within: usize,
}

/// A bulk action with its job.
#[derive(Clone, Debug, PartialEq)]
pub struct BulkAction {
    /// Which; the job has the same id.
    pub id: BulkActionId,
    /// Counts changes.
    pub version: i64,
    /// Where it stands.
    pub state: JobState,
    /// What it does with each lead.
    pub action: Action,
    /// Which leads were picked.
    pub picked: Picked,
    /// Where it goes on.
    pub checkpoint: Checkpoint,
    /// How far it is.
    pub progress: Progress,
    /// What became of the leads so far.
    pub counts: BulkCounts,
    /// The bulk action that took this one back.
    pub undone_by: Option<BulkActionId>,
    /// Why it failed.
    pub problem: Option<Value>,
    /// For whom, and what they may see.
    pub scope: Scope,
    /// The request behind it.
    pub request_id: Option<String>,
    /// When it was ordered.
    pub created_at: Instant,
    /// When it last moved.
    pub updated_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
}

impl BulkCounts {
    /// All leads that are done.
    pub const fn done(&self) -> u64 {
        self.changed + self.unchanged + self.failed
    }

    /// Counts failures.
    pub fn fail(&mut self, failures: &[Failure]) {
        self.failed += failures.len() as u64;
        for failure in failures {
            *self.problems.entry(failure.code.clone()).or_default() += 1;
        }
    }

    /// Both together.
    #[must_use]
    pub fn and(mut self, more: Self) -> Self {
        self.changed += more.changed;
        self.unchanged += more.unchanged;
        self.failed += more.failed;
        for (code, count) in more.problems {
            *self.problems.entry(code).or_default() += count;
        }
        self
    }
}

impl Failure {
    /// Why a refusal left a lead as it was.
    pub fn of(lead: LeadId, refusal: Refusal) -> Self {
        Self { lead, code: refusal.problem.as_str().to_owned(), detail: refusal.detail }
    }

    /// Why a lead was left as it was that can't be stored as it would be.
    pub fn not_stored(lead: LeadId) -> Self {
        let detail = "It could not be stored; the log tells why.".to_owned();
        Self { lead, code: "internal-error".to_owned(), detail }
    }
}

impl BulkAction {
    /// Until when it can be taken back; `None` where there is nothing to take back, or not yet, or not any more.
    pub fn undo_until(&self) -> Option<Instant> {
        let over = self.finished_at.filter(|_| self.counts.changed > 0 && self.undone_by.is_none());
        over.filter(|_| self.action.kind() != ActionKind::Undo).map(|at| at + TimeDelta::days(UNDO_DAYS))
    }

    /// Whether it may be stopped and taken back: by whoever ordered it, and by who leads.
    pub fn may_be_led_by(&self, actor: Actor, role: Option<Role>) -> bool {
        self.scope.actor == actor || matches!(role, Some(Role::Admin | Role::Manager))
    }

    /// Whether it can be taken back now.
    ///
    /// # Errors
    /// Why not.
    pub fn check_undo(&self, now: Instant) -> Result<(), Refusal> {
        let refused =
            |detail: &str| Err(Refusal::new(Problem::StateConflict, detail).with("state", self.state.as_str()));
        if self.action.kind() == ActionKind::Undo {
            return refused("An undo can't be undone; order the change again.");
        }
        if !self.state.is_final() {
            return refused("It is not over; wait for its end or cancel it first.");
        }
        let end = self.finished_at.unwrap_or(self.updated_at) + TimeDelta::days(UNDO_DAYS);
        if now > end {
            let detail = format!("A bulk action can be undone for {UNDO_DAYS} days; these are over.");
            return Err(Refusal::new(Problem::StateConflict, detail).with("undo_until", json!(end)));
        }
        if self.counts.changed == 0 {
            return refused("It changed no lead; there is nothing to undo.");
        }
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use uuid::Uuid;

    use super::*;
    use crate::ids::Id;

    fn over(at: Instant) -> BulkAction {
        BulkAction {
            id: Id::from_uuid(Uuid::from_u128(1)),
            version: 1,
            state: JobState::Succeeded,
            action: Action::Archive,
            picked: Picked::default(),
            checkpoint: Checkpoint::default(),
            progress: Progress::default(),
            counts: BulkCounts { changed: 1, ..BulkCounts::default() },
            undone_by: None,
            problem: None,
            scope: Scope::system(Id::from_uuid(Uuid::from_u128(2))),
            request_id: None,
            created_at: at,
            updated_at: at,
            finished_at: Some(at),
        }
    }

    #[test]
    fn what_changed_something_can_be_undone_for_seven_days() {
        let at = Instant::default();
        assert!(over(at).check_undo(at + TimeDelta::days(7)).is_ok());
        assert_eq!(over(at).undo_until(), Some(at + TimeDelta::days(7)));
        let late = over(at).check_undo(at + TimeDelta::days(7) + TimeDelta::seconds(1)).unwrap_err();
        assert!(late.detail.contains("7 days"), "{}", late.detail);
        let running = BulkAction { state: JobState::Running, finished_at: None, ..over(at) };
        assert!(running.check_undo(at).is_err() && running.undo_until().is_none());
        let idle = BulkAction { counts: BulkCounts::default(), ..over(at) };
        assert!(idle.check_undo(at).is_err() && idle.undo_until().is_none());
        let undo = Action::Undo { bulk_action_id: over(at).id, of: ActionKind::Archive };
        let undo = BulkAction { action: undo, ..over(at) };
        assert!(undo.check_undo(at).is_err() && undo.undo_until().is_none());
    }

    #[test]
    fn counts_add_up() {
        let failure = |code: &str| Failure {
            lead: Id::from_uuid(Uuid::from_u128(1)),
            code: code.to_owned(),
            detail: String::new(),
        };
        let mut one = BulkCounts { changed: 1, unchanged: 2, ..BulkCounts::default() };
        one.fail(&[failure("archived"), failure("merged"), failure("archived")]);
        let both = one.clone().and(one);
        assert_eq!((both.done(), both.problems["archived"], both.failed), (12, 4, 6));
    }
}
