//! What becomes of one lead: the decisions of the requests for a single one.

use std::collections::HashMap;

use leadwright_domain::{
    bulk_actions::{Action, Kept, Prior},
    events::{EventKind, NewEvent},
    fault::{Problem, Refusal},
    ids::{BulkActionId, LeadId},
    leads::{ChangedField, Lead, RawLead, diff},
    precedence::Written,
    qualification::{self, Moved, Policy, Transition, Way, status::StatusReason},
    routing::{Holder, hand_over},
    tags,
    time::Instant,
};
use leadwright_persistence::Tx;
use serde_json::{Value, json};

use crate::{
    Configuration,
    leads::{
        Held,
        assign::assigned,
        held::not_merged,
        move_lead::{self, noted},
        update::{self, Patched, patched},
    },
};

/// Decides on leads, one after the other.
pub(super) struct Decider<'a> {
    pub(super) action: &'a Action,
    pub(super) config: &'a Configuration,
    pub(super) now: Instant,
    /// As whom it writes. Whoever picks many leads out means it: nobody's precedence is asked.
    pub(super) written: Written,
    /// How the leads were, where they are to be put back.
    pub(super) before: HashMap<LeadId, &'a Kept>,
}

/// What becomes of a lead.
pub(super) struct Change {
    pub(super) after: Lead,
    /// How it was, where that can be taken back.
    pub(super) prior: Option<Prior>,
    pub(super) happened: Happened,
}

/// What is told of it.
pub(super) enum Happened {
    Assigned(&'static str),
    Moved(Box<Moved>),
    Updated(Vec<ChangedField>),
    Archived,
    Restored,
}

impl Decider<'_> {
    /// What becomes of a lead; `None` where it is so already.
    pub(super) fn decide(&self, lead: &Lead) -> Result<Option<Change>, Refusal> {
        let decided = match self.action {
            Action::Assign(_) | Action::Transition { .. } | Action::SetPriority { .. } => {
                let lead = Held::writable(lead.clone())?;
                self.work(&lead)?
            }
            Action::AddTags { tags } => self.tagged(lead, |carried| added(carried, tags))?,
            Action::RemoveTags { tags } => self.tagged(lead, |carried| removed(carried, tags))?,
            Action::Archive | Action::Restore => self.archived(lead)?,
            Action::Undo { .. } => return self.undone(lead).map(Some),
        };
        let prior = Prior::of(lead, self.action.kind());
        Ok(decided.map(|(after, happened)| Change { after, prior, happened }))
    }

    fn policy(&self) -> Policy {
        Policy::from(&self.config.organization.settings)
    }

    fn work(&self, lead: &Lead) -> Result<Option<(Lead, Happened)>, Refusal> {
        let mut after = lead.clone();
        match self.action {
            Action::Assign(wish) => {
                let holder = Holder::of(lead);
                let next = hand_over(holder, &wish.handover(), &self.config.users, &self.config.teams);
                let next = next.map_err(Refusal::invalid)?;
                next.apply(&mut after);
                Ok((next != holder).then_some((after, Happened::Assigned("assigned"))))
            }
            Action::SetPriority { priority } => self.patched(lead, "priority", json!(priority)),
            other => {
                let Some(wish) = other.transition().filter(|wish| wish.to != lead.status) else { return Ok(None) };
                let moved = qualification::decide(lead, &wish, &self.policy(), self.now);
                let moved = moved.map_err(|refusal| move_lead::refused(&refusal))?;
                moved.apply(&mut after);
                Ok(Some((after, Happened::Moved(Box::new(moved)))))
            }
        }
    }

    fn tagged(
        &self,
        lead: &Lead,
        tags: impl FnOnce(&[String]) -> Vec<String>,
    ) -> Result<Option<(Lead, Happened)>, Refusal> {
        let lead = Held::writable(lead.clone())?;
        let tags = tags(&lead.profile.tags);
        if tags == lead.profile.tags {
            return Ok(None);
        }
        self.patched(&lead, "tags", json!(tags))
    }

    fn patched(&self, lead: &Lead, field: &str, value: Value) -> Result<Option<(Lead, Happened)>, Refusal> {
        let patch: RawLead = [(field.to_owned(), value)].into_iter().collect();
        let Patched { after, changes, .. } = patched(&patch, lead, self.config, self.written, None)?;
        Ok((!changes.is_empty()).then_some((after, Happened::Updated(changes))))
    }

    fn archived(&self, lead: &Lead) -> Result<Option<(Lead, Happened)>, Refusal> {
        not_merged(lead)?;
        let after = |archived_at| Lead { archived_at, ..lead.clone() };
        Ok(match (self.action, lead.archived_at) {
            (Action::Archive, None) => Some((after(Some(self.now)), Happened::Archived)),
            (Action::Restore, Some(_)) => Some((after(None), Happened::Restored)),
            _ => None,
        })
    }

    /// Puts a lead back that nobody has changed since.
    fn undone(&self, lead: &Lead) -> Result<Change, Refusal> {
        let stale = || Refusal::new(Problem::StaleVersion, "It was changed since; it stays as it is.");
        let kept = self.before.get(&lead.id).filter(|kept| kept.version == lead.version).ok_or_else(stale)?;
        let mut after = lead.clone();
        kept.before.restore(&mut after);
        let happened = match &kept.before {
            Prior::Holder(holder) => {
                self.may_hold(*holder)?;
                Happened::Assigned("undone")
            }
            Prior::Status { status, reason, .. } => {
                let reason = reason.as_deref().and_then(StatusReason::parse);
                let wish = Transition { reason, way: Way::ByUndo, ..Transition::to(*status) };
                let moved = qualification::decide(lead, &wish, &self.policy(), self.now);
                Happened::Moved(Box::new(moved.map_err(|refusal| move_lead::refused(&refusal))?))
            }
            Prior::Priority(_) | Prior::Tags(_) => Happened::Updated(diff(&lead.profile, &after.profile)),
            Prior::Archived(None) => Happened::Restored,
            Prior::Archived(Some(_)) => Happened::Archived,
        };
        Ok(Change { after, prior: None, happened })
    }

    /// Nobody gets a lead back who has left meanwhile, and no team that is gone.
    fn may_hold(&self, holder: Holder) -> Result<(), Refusal> {
        if holder.team_id.is_some_and(|id| self.config.teams.iter().all(|team| team.id != id)) {
            let detail = "The team that had it is gone; assign it to another.";
            return Err(Refusal::new(Problem::StateConflict, detail));
        }
        let Some(owner) = holder.owner_id else { return Ok(()) };
        if self.config.users.iter().any(|user| user.id == owner && user.active) {
            return Ok(());
        }
        let detail = "Whoever had it is not active any more; assign it to somebody else.";
        Err(Refusal::new(Problem::StateConflict, detail))
    }
}

/// The tags with more of them; those that are there already stay as they are written.
fn added(carried: &[String], more: &[String]) -> Vec<String> {
    let mut all = carried.to_vec();
    for tag in more {
        if !all.iter().any(|known| tags::key(known) == tags::key(tag)) {
            all.push(tag.clone());
        }
    }
    all
}

/// The tags without some of them.
fn removed(carried: &[String], less: &[String]) -> Vec<String> {
    let gone = |tag: &&String| less.iter().any(|less| tags::key(less) == tags::key(tag));
    carried.iter().filter(|tag| !gone(tag)).cloned().collect()
}

/// What the log keeps of a changed lead. It names the bulk action.
pub(super) fn told(
    tx: &Tx,
    id: BulkActionId,
    action: &Action,
    before: &Lead,
    lead: &Lead,
    happened: &Happened,
) -> NewEvent {
    let reason = match action {
        Action::Assign(wish) => json!({"reason": wish.reason}),
        _ => json!({}),
    };
    let mut event = match happened {
        Happened::Assigned(how) => {
            let data = assigned(how, Holder::of(before), Holder::of(lead), reason);
            noted(NewEvent::of_lead(EventKind::LeadAssigned, lead.id, data), action.note())
        }
        Happened::Moved(moved) => move_lead::told(moved, before, lead),
        Happened::Updated(changes) => update::told(tx, changes, before, lead),
        Happened::Archived => NewEvent::of_lead(EventKind::LeadArchived, lead.id, json!({})),
        Happened::Restored => NewEvent::of_lead(EventKind::LeadRestored, lead.id, json!({"channel": "user"})),
    };
    event.data.put("bulk_action_id", json!(id));
    if let Action::Undo { bulk_action_id, .. } = action {
        event.data.put("undoes", json!(bulk_action_id));
    }
    event
}

#[cfg(test)]
mod tests {
    use super::{added, removed};

    fn tags(list: &[&str]) -> Vec<String> {
        list.iter().map(|tag| (*tag).to_owned()).collect()
    }

    #[test]
    fn tags_are_told_apart_without_case() {
        assert_eq!(added(&tags(&["VIP"]), &tags(&["vip", "fair", "Fair"])), ["VIP", "fair"]);
        assert_eq!(removed(&tags(&["VIP", "fair"]), &tags(&["vip", "other"])), ["fair"]);
    }
}
