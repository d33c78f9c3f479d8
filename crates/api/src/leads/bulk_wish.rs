//! What shall become of many leads, as a caller says it.

use leadwright_domain::{
    bulk_actions::{Action, Reassignment},
    fault::{Fault, nearest},
    ids::Id,
    qualification::status::StatusReason,
    routing::AssignReason,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use super::words::{PriorityWord, StatusWord};
use crate::http::patch::clearable;

/// What becomes of each lead.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, ToSchema)]
#[serde(rename_all = "snake_case")]
pub enum LeadChangeKind {
    /// Give it to somebody: `user_id`, `team_id` or both, and `reason`.
    Assign,
    /// Move it to another status: `to`, and `reason` where the status demands one.
    Transition,
    /// Say how urgent it is: `priority`.
    SetPriority,
    /// Add `tags` that it does not carry yet.
    AddTags,
    /// Take `tags` away.
    RemoveTags,
    /// Archive it.
    Archive,
    /// Bring it back from the archive.
    Restore,
}

/// What becomes of each lead: a `kind`, and the members that belong to it, as the requests for a single lead take them.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"kind": "set_priority", "priority": "high"}))]
pub struct LeadChange {
    kind: LeadChangeKind,
    /// For `assign`: which person; `null` for nobody.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Uuid>)]
    user_id: Option<Option<Uuid>>,
    /// For `assign`: which team; `null` for none. A team without a person: the leads wait there.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<Uuid>)]
    team_id: Option<Option<Uuid>>,
    /// For `assign`: `existing_relationship`, `special_expertise`, `workload`, `training` or `other`. For `transition` to
    /// `nurture` or `unqualified`: why, as `POST /leads/{lead_id}/transitions` takes it.
    #[schema(example = "workload", max_length = 50)]
    reason: Option<String>,
    /// For `assign` and `transition`: why, in words.
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    note: Option<String>,
    /// For `transition`: where to.
    to: Option<StatusWord>,
    /// For `transition` to `qualified`: pass over what is missing; managers and admins, with a reason or a note.
    #[serde(default, rename = "override")]
    by_override: bool,
    /// For `set_priority`: how urgent.
    priority: Option<PriorityWord>,
    /// For `add_tags` and `remove_tags`: which.
    #[serde(default)]
    #[schema(max_items = 50, example = json!(["spring mailing"]))]
    tags: Vec<String>,
}

/// Faults of members below `#/action`.
struct Faults(Vec<Fault>);

impl Faults {
    fn at(&mut self, member: &str, code: &str, detail: impl Into<String>) {
        self.0.push(Fault::at_pointer(format!("#/action/{member}"), code, detail));
    }

    /// A member that has to be there.
    fn needed<T>(&mut self, member: &str, given: Option<T>) -> Option<T> {
        if given.is_none() {
            self.at(member, "required", format!("Send `{member}`."));
        }
        given
    }

    /// One of some words.
    fn word<T: Copy>(&mut self, written: &str, words: &[&'static str], values: &[T]) -> Option<T> {
        if let Some(at) = words.iter().position(|word| *word == written) {
            return values.get(at).copied();
        }
        let fault =
            Fault::at_pointer("#/action/reason", "invalid_choice", format!("Choose one of: {}.", words.join(", ")));
        let fault = match nearest(written, words.iter().copied()) {
            Some(meant) => fault.suggesting(meant),
            None => fault,
        };
        self.0.push(fault);
        None
    }
}

impl LeadChange {
    /// Whether it gives leads to others.
    pub fn assigns(&self) -> bool {
        self.kind == LeadChangeKind::Assign
    }

    /// Whether it is for archived leads.
    pub fn restores(&self) -> bool {
        self.kind == LeadChangeKind::Restore
    }

    /// The action; adds what is wrong with it.
    pub fn read(self, may_override: bool, faults: &mut Vec<Fault>) -> Option<Action> {
        let mut found = Faults(Vec::new());
        self.only_what_belongs(&mut found);
        let action = self.action(may_override, &mut found);
        let action = action.filter(|_| found.0.is_empty());
        faults.extend(found.0);
        action
    }

    fn action(self, may_override: bool, faults: &mut Faults) -> Option<Action> {
        let Self { kind, user_id, team_id, reason, note, to, by_override, priority, tags } = self;
        Some(match kind {
            LeadChangeKind::Assign => {
                let reason = faults.needed("reason", reason)?;
                let reason = faults.word(&reason, AssignReason::WORDS, AssignReason::ALL)?;
                let user_id = user_id.map(|user| user.map(Id::from_uuid));
                let team_id = team_id.map(|team| team.map(Id::from_uuid));
                Action::Assign(Reassignment { user_id, team_id, reason, note })
            }
            LeadChangeKind::Transition => {
                let to = faults.needed("to", to);
                let reason = match reason {
                    Some(reason) => Some(faults.word(&reason, StatusReason::WORDS, StatusReason::ALL)?),
                    None => None,
                };
                Action::Transition { to: to?.into(), reason, note, by_override, may_override }
            }
            LeadChangeKind::SetPriority => {
                Action::SetPriority { priority: faults.needed("priority", priority)?.into() }
            }
            LeadChangeKind::AddTags => Action::AddTags { tags },
            LeadChangeKind::RemoveTags => Action::RemoveTags { tags },
            LeadChangeKind::Archive => Action::Archive,
            LeadChangeKind::Restore => Action::Restore,
        })
    }

    /// A member that belongs to another kind would silently do nothing.
    fn only_what_belongs(&self, faults: &mut Faults) {
        use LeadChangeKind::{AddTags, Assign, RemoveTags, SetPriority, Transition};
        let mut only = |is_there: bool, member: &str, kinds: &[LeadChangeKind]| {
            if is_there && !kinds.contains(&self.kind) {
                faults.at(member, "not_here", format!("`{member}` belongs to another kind of change; leave it out."));
            }
        };
        only(self.user_id.is_some(), "user_id", &[Assign]);
        only(self.team_id.is_some(), "team_id", &[Assign]);
        only(self.reason.is_some(), "reason", &[Assign, Transition]);
        only(self.note.is_some(), "note", &[Assign, Transition]);
        only(self.to.is_some(), "to", &[Transition]);
        only(self.by_override, "override", &[Transition]);
        only(self.priority.is_some(), "priority", &[SetPriority]);
        only(!self.tags.is_empty(), "tags", &[AddTags, RemoveTags]);
    }
}
