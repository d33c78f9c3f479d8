use leadwright_domain::{
    access::Scope,
    events::{EventKind, NewEvent},
    fault::{Problem, Refusal},
    time::Instant,
};
use leadwright_persistence::{Call, Command, CommandError, Tx};
use serde_json::json;

use super::{
    SignedIn, after,
    open::{Opened, add_token},
    tokens_of,
};
use crate::{
    App,
    access::secret_token::{REFRESH_TOKEN, SecretToken},
};

/// Trades a refresh token for the next.
struct Refresh {
    token: SecretToken,
    next_expires_at: Instant,
}

/// What came of it. A reuse is an outcome and not a refusal, because the session has to end with it.
enum Refreshed {
    Renewed(Box<Opened>),
    Reused,
    Void,
}

#[async_trait::async_trait]
impl Command for Refresh {
    type Out = Refreshed;

    async fn run(&self, tx: &Tx) -> Result<Refreshed, CommandError> {
        let sessions = tx.sessions();
        let Some(kept) = sessions.token(self.token.id).await? else { return Ok(Refreshed::Void) };
        if !self.token.has_hash(&kept.secret_hash) {
            return Ok(Refreshed::Void);
        }
        let Some(session) = sessions.get(kept.session).await?.filter(|session| session.is_live(tx.now())) else {
            return Ok(Refreshed::Void);
        };
        if kept.used_at.is_some() || !sessions.use_token(kept.id, tx.now()).await? {
            sessions.revoke(session.id, "token_reused", tx.now()).await?;
            let told = json!({"change": "token_reused", "user_id": session.user});
            tx.append(NewEvent::of(EventKind::AccessChanged, "session", session.id.uuid(), told));
            return Ok(Refreshed::Reused);
        }
        let Some(user) = tx.users().get(session.user).await?.filter(|user| user.active) else {
            return Ok(Refreshed::Void);
        };
        if kept.expires_at <= tx.now() {
            return Ok(Refreshed::Void);
        }
        sessions.forget_expired_tokens(session.id, tx.now()).await?;
        let token = add_token(tx, session.id, self.next_expires_at.min(session.expires_at)).await?;
        Ok(Refreshed::Renewed(Box::new(Opened { user, session: session.id, token })))
    }
}

/// Trades a refresh token for a new pair of tokens. A token that is used twice ends its session: one of the two users
/// has stolen it.
///
/// # Errors
/// The token is void or was used before, or the database failed.
pub async fn refresh(app: &App, token: &str, request_id: Option<String>) -> Result<SignedIn, CommandError> {
    let void = || Refusal::new(Problem::Unauthorized, "The refresh token is void or has expired; sign in again.");
    let token = SecretToken::parse(REFRESH_TOKEN, token.trim()).ok_or_else(void)?;
    let organization = token.organization;
    let now = app.access.clock.now();
    let call = Call { scope: Scope::system(organization), now, request_id };
    let command = Refresh { token, next_expires_at: after(now, app.access.settings.refresh_token) };
    match app.db.write(call, command).await? {
        Refreshed::Renewed(opened) => tokens_of(app, &opened).await,
        Refreshed::Void => Err(void().into()),
        Refreshed::Reused => {
            app.access.forget(organization);
            let detail = "This refresh token was used before, so its session has ended; sign in again.";
            Err(Refusal::new(Problem::TokenReused, detail).into())
        }
    }
}
