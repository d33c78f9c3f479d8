//! The people of an organization, as routing and menus see them.

use crate::{
    access::Role,
    ids::{TeamId, UserId},
};

/// A user, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UserBrief {
    /// Which.
    pub id: UserId,
    /// The name.
    pub name: String,
    /// The address to sign in with.
    pub email: String,
    /// Inactive ones neither sign in nor get leads.
    pub active: bool,
    /// What they are in the organization.
    pub role: Role,
}

/// A team, in short.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct TeamBrief {
    /// Which.
    pub id: TeamId,
    /// The name.
    pub name: String,
    /// Who belongs to it, in the order in which they joined.
    pub members: Vec<UserId>,
}
