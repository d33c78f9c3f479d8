use leadwright_domain::{
    events::{EventKind, NewEvent},
    fault::Refusal,
    ids::{SessionId, UserId},
    time::Instant,
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

/// Ends a session of one's own. Ending one that has ended is no fault.
#[derive(Clone, Debug)]
pub struct RevokeSession {
    /// Which.
    pub session: SessionId,
    /// Whose it has to be.
    pub user: UserId,
    /// When, by the wall clock.
    pub now: Instant,
}

#[async_trait::async_trait]
impl Command for RevokeSession {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let session = tx.sessions().get(self.session).await?.filter(|session| session.user == self.user);
        let session = session.ok_or_else(|| Refusal::not_found("session"))?;
        if tx.sessions().revoke(session.id, "signed_out", self.now).await? {
            let told = json!({"change": "signed_out", "user_id": session.user});
            tx.append(NewEvent::of(EventKind::AccessChanged, "session", session.id.uuid(), told));
        }
        Ok(())
    }
}
