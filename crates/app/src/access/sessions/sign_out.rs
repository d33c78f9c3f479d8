use leadwright_domain::{
    access::Scope,
    events::{EventKind, NewEvent},
    time::Instant,
};
use leadwright_persistence::{Call, Command, CommandError, Tx};
use serde_json::json;

use crate::{
    App,
    access::secret_token::{REFRESH_TOKEN, SecretToken},
};

struct SignOut {
    token: SecretToken,
    now: Instant,
}

#[async_trait::async_trait]
impl Command for SignOut {
    type Out = bool;

    async fn run(&self, tx: &Tx) -> Result<bool, CommandError> {
        let kept = tx.sessions().token(self.token.id).await?.filter(|kept| self.token.has_hash(&kept.secret_hash));
        let Some(kept) = kept else { return Ok(false) };
        let Some(session) = tx.sessions().get(kept.session).await? else { return Ok(false) };
        let was_live = tx.sessions().revoke(session.id, "signed_out", self.now).await?;
        if was_live {
            let told = json!({"change": "signed_out", "user_id": session.user});
            tx.append(NewEvent::of(EventKind::AccessChanged, "session", session.id.uuid(), told));
        }
        Ok(was_live)
    }
}

/// Ends the session of a refresh token, whether or not it can still be traded. Whose session has ended already is signed
/// out, which is what was asked (as RFC 7009 has it).
///
/// # Errors
/// The database failed.
pub async fn sign_out(app: &App, token: &str, request_id: Option<String>) -> Result<(), CommandError> {
    let Some(token) = SecretToken::parse(REFRESH_TOKEN, token.trim()) else { return Ok(()) };
    let organization = token.organization;
    let now = app.access.clock.now();
    let call = Call { scope: Scope::system(organization), now, request_id };
    // Whoever holds no true token makes no work for others.
    if app.db.write(call, SignOut { token, now }).await? {
        app.access.forget(organization);
    }
    Ok(())
}
