//! What shall become of each lead.

use serde::{Deserialize, Deserializer, Serialize};

use crate::{
    choices,
    ids::{BulkActionId, TeamId, UserId},
    leads::{Priority, Status},
    qualification::{StatusReason, Transition, Way},
    routing::{AssignReason, Handover},
};

choices! {
    /// What a bulk action does with each lead.
    ActionKind {
        /// Gives it to somebody, or takes it from whoever has it.
        Assign = "assign",
        /// Moves it to another status.
        Transition = "transition",
        /// Says how urgent it is.
        SetPriority = "set_priority",
        /// Adds tags that it does not carry yet.
        AddTags = "add_tags",
        /// Takes tags away.
        RemoveTags = "remove_tags",
        /// Archives it.
        Archive = "archive",
        /// Brings it back from the archive.
        Restore = "restore",
        /// Takes another bulk action back.
        Undo = "undo",
    }
}

/// Who shall have the leads. What is absent is not spoken of; `null` means nobody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Reassignment {
    /// Which person.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub user_id: Option<Option<UserId>>,
    /// Which team.
    #[serde(default, skip_serializing_if = "Option::is_none", deserialize_with = "given")]
    pub team_id: Option<Option<TeamId>>,
    /// Why.
    pub reason: AssignReason,
    /// Why, in words.
    pub note: Option<String>,
}

/// What shall become of each lead.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", rename_all = "snake_case")]
pub enum Action {
    /// Give it to somebody.
    Assign(Reassignment),
    /// Move it to another status.
    Transition {
        /// Where to.
        to: Status,
        /// Why, from the catalogue.
        reason: Option<StatusReason>,
        /// Why, in words.
        note: Option<String>,
        /// Pass over what is missing for `qualified`.
        by_override: bool,
        /// Whether whoever asks may do that.
        may_override: bool,
    },
    /// Say how urgent it is.
    SetPriority {
        /// How urgent.
        priority: Priority,
    },
    /// Add tags.
    AddTags {
        /// Which.
        tags: Vec<String>,
    },
    /// Take tags away.
    RemoveTags {
        /// Which.
        tags: Vec<String>,
    },
    /// Archive it.
    Archive,
    /// Bring it back from the archive.
    Restore,
    /// Take another bulk action back.
    Undo {
        /// Which.
        bulk_action_id: BulkActionId,
        /// What that one did.
        of: ActionKind,
    },
}

impl Action {
    /// What it does.
    pub const fn kind(&self) -> ActionKind {
        match self {
            Self::Assign(_) => ActionKind::Assign,
            Self::Transition { .. } => ActionKind::Transition,
            Self::SetPriority { .. } => ActionKind::SetPriority,
            Self::AddTags { .. } => ActionKind::AddTags,
            Self::RemoveTags { .. } => ActionKind::RemoveTags,
            Self::Archive => ActionKind::Archive,
            Self::Restore => ActionKind::Restore,
            Self::Undo { .. } => ActionKind::Undo,
        }
    }

    /// What it does to leads, or takes back: what a caller needs the right for.
    pub const fn touches(&self) -> ActionKind {
        match self {
            Self::Undo { of, .. } => *of,
            other => other.kind(),
        }
    }

    /// What somebody wrote about it.
    pub fn note(&self) -> Option<&str> {
        match self {
            Self::Assign(wish) => wish.note.as_deref(),
            Self::Transition { note, .. } => note.as_deref(),
            _ => None,
        }
    }

    /// The move of a single lead that it stands for, if it is one.
    pub fn transition(&self) -> Option<Transition> {
        let Self::Transition { to, reason, note, by_override, may_override } = self else { return None };
        let way = if *by_override { Way::ByOverride } else { Way::ByHand };
        Some(Transition { to: *to, reason: *reason, note: note.clone(), way, may_override: *may_override })
    }
}

impl Reassignment {
    /// The handover of a single lead that it stands for.
    pub const fn handover(&self) -> Handover {
        Handover { user: self.user_id, team: self.team_id }
    }
}

/// Absent is `None`, `null` is `Some(None)`.
fn given<'de, D: Deserializer<'de>, T: Deserialize<'de>>(deserializer: D) -> Result<Option<Option<T>>, D::Error> {
    Option::deserialize(deserializer).map(Some)
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use serde_json::json;

    use super::*;

    #[test]
    fn what_is_stored_reads_back_as_it_was() {
        let assign = |user_id, team_id| {
            Action::Assign(Reassignment { user_id, team_id, reason: AssignReason::Workload, note: None })
        };
        for action in [
            assign(Some(None), None),
            assign(None, Some(None)),
            assign(Some(Some(UserId::from_uuid(uuid::Uuid::from_u128(7)))), None),
            Action::Archive,
            Action::AddTags { tags: vec!["vip".to_owned()] },
            Action::Undo { bulk_action_id: BulkActionId::from_uuid(uuid::Uuid::from_u128(7)), of: ActionKind::Archive },
        ] {
            let stored = json!(action);
            assert_eq!(stored["kind"], action.kind().as_str());
            assert_eq!(serde_json::from_value::<Action>(stored).unwrap(), action);
        }
    }
}
