use actix_web::patch;
use leadwright_app::access::{UpdateUser as Update, UserChange};
use leadwright_domain::ids::kind::User;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{RoleView, UserView, tagged};
use crate::http::{Answer, Body, Can, IfMatch, PathId, Result, can::UsersWrite};

/// What to change of a user (merge patch): absent members stay.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateUser {
    /// The address to sign in with; nobody else has it.
    #[schema(example = "ann@example.com", min_length = 3, max_length = 254, nullable = false)]
    email: Option<String>,
    /// What colleagues call them.
    #[schema(example = "Ann Smith", min_length = 1, max_length = 100, pattern = r"\S", nullable = false)]
    name: Option<String>,
    /// What they are.
    #[schema(nullable = false)]
    role: Option<RoleView>,
    /// Whether they may sign in.
    #[schema(nullable = false)]
    active: Option<bool>,
    /// A new password: at least eight characters, not easily guessed.
    #[schema(example = "correct horse battery", min_length = 8, max_length = 200, format = Password, nullable = false)]
    password: Option<String>,
}

/// Change a user
///
/// A merge patch. Users are not deleted but made inactive, because leads and the log keep naming them. Whoever is made
/// inactive or gets a new password is signed out everywhere. The last active admin can't be made inactive or anything less, and nobody does
/// that to themselves. One's own password is changed with the current one.
#[utoipa::path(
    tag = "Users", operation_id = "updateUser", security(("bearer" = ["users:write"])),
    params(("user_id" = uuid::Uuid, Path, description = "The id of the user")),
    request_body = UpdateUser,
    responses((status = 200, description = "The changed user", body = UserView))
)]
#[patch("/users/{user_id}")]
pub async fn update_user(can: Can<UsersWrite>, id: PathId<User>, expected: IfMatch, body: Body<UpdateUser>) -> Result {
    let change = body.value;
    let change = UserChange {
        email: change.email,
        name: change.name,
        role: change.role.map(|role| role.0),
        active: change.active,
        password: change.password,
    };
    let command = Update::prepare(&can.ask.app, &can.call(), id.0, change, expected.0, can.rights()).await?;
    let user = can.write(command).await?;
    let version = user.version;
    Ok(tagged(Answer::ok(&UserView::from(user)), version))
}
