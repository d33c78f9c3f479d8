//! How a lead was before a bulk action: only what that action touches.

use serde::{Deserialize, Serialize};

use super::ActionKind;
use crate::{
    ids::LeadId,
    leads::{Lead, Priority, Status},
    routing::Holder,
    time::Instant,
};

/// How a lead was.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Prior {
    /// Who had it.
    Holder(Holder),
    /// Where it stood.
    Status {
        /// The status.
        status: Status,
        /// Since when.
        since: Instant,
        /// Why.
        reason: Option<String>,
        /// When it last became qualified.
        qualified_at: Option<Instant>,
    },
    /// How urgent it was.
    Priority(Option<Priority>),
    /// Which tags it carried.
    Tags(Vec<String>),
    /// Since when it was archived, if it was.
    Archived(Option<Instant>),
}

/// A lead that a bulk action changed: how it was, and the version that the change left.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Kept {
    /// Which.
    pub lead: LeadId,
    /// The version that the change left.
    pub version: i64,
    /// How it was.
    pub before: Prior,
}

impl Prior {
    /// What has to be kept of a lead so that this kind of change can be taken back; nothing for an undo.
    pub fn of(lead: &Lead, kind: ActionKind) -> Option<Self> {
        Some(match kind {
            ActionKind::Assign => Self::Holder(Holder::of(lead)),
            ActionKind::Transition => Self::Status {
                status: lead.status,
                since: lead.status_since,
                reason: lead.status_reason.clone(),
                qualified_at: lead.qualified_at,
            },
            ActionKind::SetPriority => Self::Priority(lead.profile.priority),
            ActionKind::AddTags | ActionKind::RemoveTags => Self::Tags(lead.profile.tags.clone()),
            ActionKind::Archive | ActionKind::Restore => Self::Archived(lead.archived_at),
            ActionKind::Undo => return None,
        })
    }

    /// Puts a lead back.
    pub fn restore(&self, lead: &mut Lead) {
        match self.clone() {
            Self::Holder(holder) => holder.apply(lead),
            Self::Status { status, since, reason, qualified_at } => {
                (lead.status, lead.status_since) = (status, since);
                (lead.status_reason, lead.qualified_at) = (reason, qualified_at);
            }
            Self::Priority(priority) => lead.profile.priority = priority,
            Self::Tags(tags) => lead.profile.tags = tags,
            Self::Archived(at) => lead.archived_at = at,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use chrono::TimeDelta;

    use super::*;
    use crate::sample::{id, lead};

    type Change = fn(&mut Lead);

    #[test]
    fn whatever_a_change_touches_comes_back() {
        let before = lead();
        let changes: [(ActionKind, Change); 5] = [
            (ActionKind::Assign, |lead| (lead.owner_id, lead.team_id) = (Some(id(8)), Some(id(9)))),
            (ActionKind::Transition, |lead| {
                lead.status = Status::Qualified;
                lead.status_since += TimeDelta::hours(1);
                lead.qualified_at = Some(lead.status_since);
                lead.status_reason = None;
            }),
            (ActionKind::SetPriority, |lead| lead.profile.priority = Some(Priority::Critical)),
            (ActionKind::AddTags, |lead| lead.profile.tags.push("more".to_owned())),
            (ActionKind::Archive, |lead| lead.archived_at = Some(lead.created_at)),
        ];
        for (kind, change) in changes {
            let prior = Prior::of(&before, kind).unwrap();
            let stored = serde_json::to_value(&prior).unwrap();
            let mut lead = before.clone();
            change(&mut lead);
            assert_ne!(lead, before, "{kind}");
            serde_json::from_value::<Prior>(stored).unwrap().restore(&mut lead);
            assert_eq!(lead, before, "{kind}");
        }
        assert_eq!(Prior::of(&before, ActionKind::Undo), None);
    }
}
