//! Who is calling: the one place where a credential becomes a scope.

use actix_web::{HttpRequest, http::header};
use leadwright_domain::access::{Actor, Permission, Role, Scope};

use super::{ApiError, Ask};

/// Somebody who proved who they are.
#[derive(Clone, Debug)]
pub struct Caller {
    /// The organization and what of it they see.
    pub scope: Scope,
    /// What they may do.
    pub permissions: Vec<Permission>,
    /// The role, for people.
    pub role: Option<Role>,
}

impl Caller {
    /// The name under which limits and idempotency keys of this caller are kept.
    pub fn name(&self) -> String {
        match self.scope.actor {
            Actor::User(id) => format!("user:{id}"),
            Actor::ApiKey(id) => format!("api_key:{id}"),
            Actor::Form(id) => format!("form:{id}"),
            Actor::System => "system".to_owned(),
        }
    }
}

/// Finds out who is calling.
///
/// # Errors
/// There is no credential, or it is void.
pub async fn authenticate(_ask: &Ask, request: &HttpRequest) -> Result<Caller, ApiError> {
    let _token = bearer(request)?;
    Err(ApiError::unauthorized("The token is not valid."))
}

fn bearer(request: &HttpRequest) -> Result<&str, ApiError> {
    let missing = || ApiError::unauthorized("Send `Authorization: Bearer …` with an access token or an API key.");
    let value = request.headers().get(header::AUTHORIZATION).ok_or_else(missing)?;
    let (scheme, token) = value.to_str().ok().and_then(|value| value.split_once(' ')).ok_or_else(missing)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(missing()) }
}
