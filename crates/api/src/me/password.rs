use actix_web::post;
use leadwright_app::access::{self, PasswordChange};
use serde::Deserialize;
use utoipa::ToSchema;

use super::person;
use crate::http::{Answer, Body, Can, Result, can::SignedIn};

/// Another password.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct ChangePassword {
    /// The password so far.
    #[schema(example = "correct horse battery", min_length = 1, max_length = 200, format = Password)]
    current_password: String,
    /// The password from now on: at least eight characters, not easily guessed.
    #[schema(example = "a new horse battery", min_length = 8, max_length = 200, format = Password)]
    new_password: String,
}

/// Change one's own password
///
/// All other sessions of the caller end.
#[utoipa::path(
    tag = "Signing in", operation_id = "changePassword", security(("bearer" = [])),
    request_body = ChangePassword,
    responses((status = 204, description = "The password was changed"))
)]
#[post("/me/password")]
pub async fn change_password(can: Can<SignedIn>, body: Body<ChangePassword>) -> Result {
    let (user, session) = person(&can)?;
    let change = PasswordChange {
        organization: can.scope.organization,
        user,
        session: Some(session),
        current: body.value.current_password,
        new: body.value.new_password,
        request_id: can.ask.request_id.clone(),
    };
    access::change_password(&can.ask.app, change).await?;
    Ok(Answer::no_content())
}
