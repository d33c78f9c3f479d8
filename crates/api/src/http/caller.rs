//! Who is calling: the one place where a credential becomes a scope.

use actix_web::{HttpRequest, http::header};
use leadwright_app::access::Credential;
use leadwright_domain::{
    access::{Actor, Permission, Role, Scope},
    ids::SessionId,
};

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
    /// The session, for people.
    pub session: Option<SessionId>,
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
pub async fn authenticate(ask: &Ask, request: &HttpRequest) -> Result<Caller, ApiError> {
    let known = ask.app.authenticate(bearer(request)?).await?;
    let known = known.ok_or_else(|| {
        ApiError::unauthorized("The token is void or has expired: refresh it, sign in again, or use another API key.")
    })?;
    let Credential { scope, permissions, role, session } = known;
    Ok(Caller { scope, permissions, role, session })
}

fn bearer(request: &HttpRequest) -> Result<&str, ApiError> {
    let missing = || ApiError::unauthorized("Send `Authorization: Bearer …` with an access token or an API key.");
    let value = request.headers().get(header::AUTHORIZATION).ok_or_else(missing)?;
    let (scheme, token) = value.to_str().ok().and_then(|value| value.split_once(' ')).ok_or_else(missing)?;
    if scheme.eq_ignore_ascii_case("bearer") { Ok(token.trim()) } else { Err(missing()) }
}
