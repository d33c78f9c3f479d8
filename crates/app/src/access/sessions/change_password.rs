use leadwright_domain::{
    access::{check_password, email_key},
    events::{EventKind, NewEvent},
    fault::{Fault, Refusal},
    ids::{OrganizationId, SessionId, UserId},
    time::Instant,
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::call_of;
use crate::App;

/// A person's wish for another password.
#[derive(Clone)]
pub struct PasswordChange {
    /// Their organization.
    pub organization: OrganizationId,
    /// Who.
    pub user: UserId,
    /// The session that goes on; all others end.
    pub session: Option<SessionId>,
    /// The password so far.
    pub current: String,
    /// The one from now on.
    pub new: String,
    /// The request behind it.
    pub request_id: Option<String>,
}

struct SetPassword {
    user: UserId,
    session: Option<SessionId>,
    hash: String,
    now: Instant,
}

#[async_trait::async_trait]
impl Command for SetPassword {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        tx.users().set_password(self.user, &self.hash).await?;
        tx.sessions().revoke_all(self.user, self.session, "password_changed", self.now).await?;
        let told = json!({"change": "password_changed"});
        tx.append(NewEvent::of(EventKind::AccessChanged, "user", self.user.uuid(), told));
        Ok(())
    }
}

/// Changes a password; all other sessions of the person end.
///
/// # Errors
/// The current password is wrong, the new one too weak, there were too many tries, or the database failed.
pub async fn change_password(app: &App, change: PasswordChange) -> Result<(), CommandError> {
    let access = &app.access;
    let call = call_of(app, change.organization, change.user, change.request_id);
    let found = app.db.read(&call).users().with_password(change.user).await?;
    let (user, hash) = found.ok_or_else(|| Refusal::not_found("user"))?;
    let attempt = access.throttle.admit(&email_key(&user.email), None, call.now)?;
    let mut faults: Vec<Fault> = check_password("new_password", &change.new, &user.email).into_iter().collect();
    if access.passwords.matches(&change.current, hash).await? {
        access.throttle.succeeded(&attempt);
    } else {
        faults.push(Fault::in_field("current_password", "wrong_password", "This is not your password."));
    }
    if !faults.is_empty() {
        return Err(Refusal::invalid(faults).into());
    }
    let hash = access.passwords.hash(&change.new).await?;
    let command = SetPassword { user: user.id, session: change.session, hash, now: call.now };
    app.db.write(call, command).await?;
    access.forget(change.organization);
    Ok(())
}
