//! `/api/v1/me`: the caller.

pub mod get;
pub mod password;
pub mod revoke_session;
pub mod sessions;

use leadwright_domain::ids::{SessionId, UserId};

use crate::http::{ApiError, Caller};

/// The person behind a caller, with the session; a program has neither.
pub(crate) fn person(caller: &Caller) -> Result<(UserId, SessionId), ApiError> {
    match (caller.scope.user(), caller.session) {
        (Some(user), Some(session)) => Ok((user, session)),
        _ => Err(ApiError::forbidden("This is for people who signed in; an API key has no sessions and no password.")),
    }
}
