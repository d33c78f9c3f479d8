//! Saved views: leads under a name, for oneself or for everybody (spec LEAD-2).

mod sort;

pub use sort::{LeadSort, LeadSortKey};

use serde_json::Value;

use crate::{
    access::{Actor, Role},
    choices,
    condition::{Catalogue, Condition},
    fault::{At, Fault},
    ids::ViewId,
    time::Instant,
};

choices! {
    /// Which leads as to archiving.
    ArchivedWord {
        /// Only those that are not.
        No = "false",
        /// Only archived ones.
        Only = "true",
        /// Both.
        Any = "any",
    }
}

/// A saved view.
#[derive(Clone, Debug, PartialEq)]
pub struct View {
    /// Which.
    pub id: ViewId,
    /// Counts changes.
    pub version: i64,
    /// Whose it is.
    pub owner: Actor,
    /// What it says.
    pub content: ViewContent,
    /// When it was made.
    pub created_at: Instant,
    /// When it was last changed.
    pub updated_at: Instant,
}

/// What a view says.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ViewContent {
    /// The name for people.
    pub name: String,
    /// What must hold, in canonical JSON; every lead is meant without it.
    pub condition: Option<Value>,
    /// The words of a text search.
    pub query: Option<String>,
    /// As to archiving.
    pub archived: Option<ArchivedWord>,
    /// In which order.
    pub sort: Option<LeadSort>,
    /// Only these members of a lead; all, if empty.
    pub fields: Vec<String>,
    /// Whether everybody of the organization sees it.
    pub shared: bool,
}

impl View {
    /// Whether it may be changed and deleted: by its owner, and a shared one by whoever leads.
    pub fn may_be_changed_by(&self, actor: Actor, role: Option<Role>) -> bool {
        self.owner == actor || (self.content.shared && matches!(role, Some(Role::Admin | Role::Manager)))
    }

    /// The condition, read with the fields that there are today.
    ///
    /// # Errors
    /// It names what no longer exists, such as an option that was taken away.
    pub fn condition(&self, catalogue: &Catalogue) -> Result<Option<Condition>, Vec<Fault>> {
        self.content.condition.as_ref().map(|condition| Condition::parse(condition, catalogue)).transpose()
    }

    /// What is wrong with its condition, for people, with the field that it lies in.
    pub fn told(&self, fault: &Fault) -> String {
        let test = match &fault.at {
            At::Pointer(pointer) => pointer.trim_start_matches('#').rsplit_once('/').map_or("", |(test, _)| test),
            At::Parameter(_) | At::Header(_) => "",
        };
        let condition = self.content.condition.as_ref();
        let field = condition.and_then(|condition| condition.pointer(test)?.get("field")?.as_str());
        field.map_or_else(|| fault.detail.clone(), |field| format!("{field}: {}", fault.detail))
    }
}

#[cfg(test)]
mod tests {
    use uuid::Uuid;

    use super::*;
    use crate::ids::Id;

    #[test]
    fn owners_change_their_views_and_leaders_what_is_shared() {
        let user = |number| Actor::User(Id::from_uuid(Uuid::from_u128(number)));
        let view = |shared| View {
            id: Id::from_uuid(Uuid::from_u128(1)),
            version: 1,
            owner: user(1),
            content: ViewContent { shared, ..ViewContent::default() },
            created_at: Instant::default(),
            updated_at: Instant::default(),
        };
        for shared in [false, true] {
            assert!(view(shared).may_be_changed_by(user(1), Some(Role::Viewer)));
            for role in Role::ALL {
                let leads = matches!(role, Role::Admin | Role::Manager);
                assert_eq!(view(shared).may_be_changed_by(user(2), Some(*role)), shared && leads, "{role}");
            }
            assert!(!view(shared).may_be_changed_by(Actor::ApiKey(Id::from_uuid(Uuid::from_u128(2))), None));
        }
    }
}
