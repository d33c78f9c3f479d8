use actix_web::post;
use leadwright_app::access::{CreateUser as Create, NewUser};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{RoleView, UserView, tagged};
use crate::http::{Answer, Body, Can, Result, can::UsersWrite};

/// A new user.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateUser {
    /// The address to sign in with; nobody else has it.
    #[schema(example = "ann@example.com", min_length = 3, max_length = 254)]
    email: String,
    /// What colleagues call them.
    #[schema(example = "Ann Smith", min_length = 1, max_length = 100, pattern = r"\S")]
    name: String,
    /// What they will be.
    role: RoleView,
    /// Their first password: at least eight characters, not easily guessed.
    #[schema(example = "correct horse battery", min_length = 8, max_length = 200, format = Password)]
    password: String,
}

/// Add a user
///
/// Addresses are unique across the installation; a taken one answers 409. Nobody can add a user who may do more than they
/// may themselves.
#[utoipa::path(
    tag = "Users", operation_id = "createUser", security(("bearer" = ["users:write"])),
    request_body = CreateUser,
    responses((status = 201, description = "The new user", body = UserView))
)]
#[post("/users")]
pub async fn create_user(can: Can<UsersWrite>, body: Body<CreateUser>) -> Result {
    let new = body.value;
    let new = NewUser { email: new.email, name: new.name, role: new.role.0, password: new.password };
    let command = Create::prepare(&can.ask.app, new, can.rights()).await?;
    can.write_once(&body.raw, command, |user| {
        let (id, version) = (user.id, user.version);
        tagged(Answer::created(format!("/api/v1/users/{id}"), &UserView::from(user)), version)
    })
    .await
}
