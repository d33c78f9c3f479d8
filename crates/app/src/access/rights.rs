//! Nobody gives away what they don't have: who manages users or keys can't make one that may do more.

use leadwright_domain::{
    access::{Permission, Role},
    fault::{Problem, Refusal},
};
use leadwright_persistence::CommandError;

/// What the caller of a use case may do.
#[derive(Clone, Debug)]
pub struct Rights(Vec<Permission>);

impl Rights {
    /// Those of a caller.
    pub fn of(permissions: &[Permission]) -> Self {
        Self(permissions.to_vec())
    }

    /// All: the installation's own hands.
    pub fn all() -> Self {
        Self(Permission::ALL.to_vec())
    }

    /// Whether the caller may deal with people of a role.
    pub(super) fn over_role(&self, role: Role) -> Result<(), CommandError> {
        self.over(role.permissions())
    }

    /// Whether the caller has all these permissions.
    pub(super) fn over(&self, permissions: &[Permission]) -> Result<(), CommandError> {
        let missing: Vec<&str> =
            permissions.iter().filter(|one| !self.0.contains(one)).map(|one| one.as_str()).collect();
        if missing.is_empty() {
            return Ok(());
        }
        let detail = format!("You can't deal in what you may not do yourself: {}.", missing.join(", "));
        Err(Refusal::new(Problem::Forbidden, detail).into())
    }
}
