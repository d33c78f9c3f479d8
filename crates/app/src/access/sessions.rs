//! Signing in, staying signed in, signing out (spec PLA-1).

mod change_password;
mod open;
mod refresh;
mod revoke;
mod sign_in;
mod sign_out;

pub use change_password::{PasswordChange, change_password};
pub(crate) use open::OpenSession;
pub use open::open_session;
pub use refresh::refresh;
pub use revoke::RevokeSession;
pub use sign_in::{Attempted, sign_in};
pub use sign_out::sign_out;

use leadwright_domain::{
    access::{Actor, LeadVisibility, Scope},
    ids::{OrganizationId, UserId},
    time::Instant,
};
use leadwright_persistence::{Call, CommandError};

use super::{secret_token::REFRESH_TOKEN, tokens};
use crate::App;

/// What somebody gets who signed in.
#[derive(Clone)]
pub struct SignedIn {
    /// Proves who they are, for a short time.
    pub access_token: String,
    /// How long the access token is good for, in seconds.
    pub expires_in: u64,
    /// Gets the next pair; good for one use.
    pub refresh_token: String,
}

/// A call about sessions: by the wall clock, by the person themselves.
fn call_of(app: &App, organization: OrganizationId, user: UserId, request_id: Option<String>) -> Call {
    let leads = LeadVisibility::Own { user, teams: vec![] };
    Call { scope: Scope { organization, actor: Actor::User(user), leads }, now: app.access.clock.now(), request_id }
}

/// When something that lasts so long ends.
fn after(now: Instant, lasts: std::time::Duration) -> Instant {
    chrono::TimeDelta::from_std(lasts).ok().and_then(|lasts| now.checked_add_signed(lasts)).unwrap_or(now)
}

/// Puts the tokens of a session together.
async fn tokens_of(app: &App, opened: &open::Opened) -> Result<SignedIn, CommandError> {
    let (organization, user) = (opened.token.organization, &opened.user);
    Ok(SignedIn {
        access_token: tokens::issue(app, organization, opened.session, (user.id, user.role)).await?,
        expires_in: app.access.settings.access_token.as_secs(),
        refresh_token: opened.token.text(REFRESH_TOKEN),
    })
}
