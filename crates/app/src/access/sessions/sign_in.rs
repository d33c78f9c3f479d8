use std::net::IpAddr;

use leadwright_domain::access::{Scope, email_key};
use leadwright_persistence::{Call, CommandError};

use super::{SignedIn, open::failed, open_session};
use crate::App;

/// A try to sign in.
#[derive(Clone)]
pub struct Attempted {
    /// The address.
    pub email: String,
    /// The password.
    pub password: String,
    /// Where it came from.
    pub client: Option<IpAddr>,
    /// The program, as it names itself.
    pub user_agent: Option<String>,
    /// The request behind it.
    pub request_id: Option<String>,
}

/// Signs somebody in. An unknown address, a wrong password and a person who may not sign in get the same answer after
/// the same time.
///
/// # Errors
/// The try failed or came after too many others, or the database failed.
pub async fn sign_in(app: &App, tried: Attempted) -> Result<SignedIn, CommandError> {
    let access = &app.access;
    let attempt = access.throttle.admit(&email_key(&tried.email), tried.client, access.clock.now())?;
    let Some(identity) = app.db.identity(&tried.email).await? else {
        access.passwords.matches_nobody(&tried.password).await?;
        return Err(failed().into());
    };
    let call = Call { scope: Scope::system(identity.organization), now: access.clock.now(), request_id: None };
    let Some((user, hash)) = app.db.read(&call).users().with_password(identity.user).await? else {
        access.passwords.matches_nobody(&tried.password).await?;
        return Err(failed().into());
    };
    if !access.passwords.matches(&tried.password, hash).await? || !user.active {
        return Err(failed().into());
    }
    access.throttle.succeeded(&attempt);
    open_session(app, identity.organization, user.id, tried.user_agent, tried.request_id).await
}
