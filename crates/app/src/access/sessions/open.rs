use leadwright_domain::{
    access::{Session, User},
    events::{EventKind, NewEvent},
    fault::{Problem, Refusal},
    ids::{OrganizationId, SessionId, UserId},
    time::Instant,
};
use leadwright_persistence::{Command, CommandError, Tx, access::RefreshToken};
use serde_json::json;
use uuid::Uuid;

use super::{SignedIn, after, call_of, tokens_of};
use crate::{App, access::secret_token::SecretToken};

/// A session with its newest refresh token.
pub(crate) struct Opened {
    pub(super) user: User,
    pub(super) session: SessionId,
    pub(super) token: SecretToken,
}

/// Opens a session for a person who has proved who they are.
pub(crate) struct OpenSession {
    pub(crate) user: UserId,
    pub(crate) user_agent: Option<String>,
    pub(crate) expires_at: Instant,
    pub(crate) token_expires_at: Instant,
}

#[async_trait::async_trait]
impl Command for OpenSession {
    type Out = Opened;

    async fn run(&self, tx: &Tx) -> Result<Opened, CommandError> {
        let user = tx.users().get(self.user).await?.filter(|user| user.active).ok_or_else(failed)?;
        let session = Session {
            id: tx.new_id(),
            user: user.id,
            user_agent: self.user_agent.clone(),
            created_at: tx.now(),
            last_used_at: tx.now(),
            expires_at: self.expires_at,
            revoked_at: None,
        };
        tx.sessions().insert(&session).await?;
        let token = add_token(tx, session.id, self.token_expires_at).await?;
        let told = json!({"change": "signed_in", "user_id": user.id});
        tx.append(NewEvent::of(EventKind::AccessChanged, "session", session.id.uuid(), told));
        Ok(Opened { user, session: session.id, token })
    }
}

/// Gives a session its next refresh token.
pub(super) async fn add_token(tx: &Tx, session: SessionId, expires_at: Instant) -> Result<SecretToken, CommandError> {
    let token = SecretToken::new(tx.scope().organization, Uuid::now_v7())?;
    let kept = RefreshToken { id: token.id, session, secret_hash: token.hash().to_vec(), expires_at, used_at: None };
    tx.sessions().add_token(&kept, tx.now()).await?;
    Ok(token)
}

/// The one answer to every failed sign-in.
pub(super) fn failed() -> Refusal {
    Refusal::new(Problem::SignInFailed, "E-mail address or password is wrong, or the user may not sign in.")
}

/// Opens a session for a person whose identity was proved elsewhere.
///
/// # Errors
/// The person may not sign in, or the database failed.
pub async fn open_session(
    app: &App,
    organization: OrganizationId,
    user: UserId,
    user_agent: Option<String>,
    request_id: Option<String>,
) -> Result<SignedIn, CommandError> {
    let call = call_of(app, organization, user, request_id);
    let settings = &app.access.settings;
    let command = OpenSession {
        user,
        user_agent,
        expires_at: after(call.now, settings.session),
        token_expires_at: after(call.now, settings.refresh_token),
    };
    tokens_of(app, &app.db.write(call, command).await?).await
}
