//! `/api/v1/users`: people who sign in.

pub mod create;
pub mod get;
pub mod list;
pub mod update;

use leadwright_domain::{
    access::{Role, User},
    time::to_rfc3339,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::http::{Answer, words};

/// A person who signs in.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = User)]
pub struct UserView {
    /// The id.
    id: Uuid,
    /// Counts changes; the first part of the `ETag`.
    version: i64,
    /// The address they sign in with.
    #[schema(example = "ann@example.com")]
    email: String,
    /// What colleagues call them.
    #[schema(example = "Ann Smith")]
    name: String,
    /// What they are.
    #[schema(example = "rep")]
    role: RoleView,
    /// Whether they may sign in.
    active: bool,
    /// When they were added.
    #[schema(value_type = String, format = DateTime)]
    created_at: String,
    /// When they were last changed.
    #[schema(value_type = String, format = DateTime)]
    updated_at: String,
}

words! {
    RoleView(Role) as "Role": "What a user is: an admin may do everything, a manager leads teams, a marketer edits forms and scoring, a rep works on leads, a viewer reads only.";
}

impl From<User> for UserView {
    fn from(user: User) -> Self {
        Self {
            id: user.id.uuid(),
            version: user.version,
            email: user.email,
            name: user.name,
            role: RoleView(user.role),
            active: user.active,
            created_at: to_rfc3339(user.created_at),
            updated_at: to_rfc3339(user.updated_at),
        }
    }
}

fn tagged(answer: Answer, version: i64) -> Answer {
    answer.etag(version, 0, "1")
}
