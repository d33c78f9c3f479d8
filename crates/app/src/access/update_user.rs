use leadwright_domain::{
    access::{Role, Scope, User, address, check_address, check_password, email_key},
    events::{EventKind, NewEvent},
    fault::{Fault, Problem, Refusal},
    ids::UserId,
    time::Instant,
};
use leadwright_persistence::{Call, Command, CommandError, Tx};
use serde_json::json;

use super::{Rights, create_user::taken, stale};
use crate::App;

/// What to change of a person; `None` leaves as it is.
#[derive(Clone, Default)]
pub struct UserChange {
    /// The address to sign in with.
    pub email: Option<String>,
    /// What colleagues call them.
    pub name: Option<String>,
    /// What they are.
    pub role: Option<Role>,
    /// Whether they may sign in.
    pub active: Option<bool>,
    /// A new password.
    pub password: Option<String>,
}

impl UserChange {
    /// Nobody locks themselves out by mistake, and a stolen access token gets no password of its own.
    fn fits_oneself(&self, user: &User) -> Result<(), Refusal> {
        let detail = if self.password.is_some() {
            "Change your own password with `POST /api/v1/me/password`."
        } else if self.active == Some(false) || self.role.is_some_and(|role| role != user.role) {
            "Nobody changes their own role or makes themselves inactive; ask another admin."
        } else {
            return Ok(());
        };
        Err(Refusal::new(Problem::StateConflict, detail))
    }
}

/// Changes a person. Whoever loses the right to sign in, or gets a new password, is signed out everywhere. Made by
/// [`UpdateUser::prepare`].
pub struct UpdateUser {
    id: UserId,
    change: UserChange,
    password_hash: Option<String>,
    expected: Option<i64>,
    rights: Rights,
    wall: Instant,
}

impl UpdateUser {
    /// Checks the wish and hashes the password.
    ///
    /// # Errors
    /// There is no such person, address or password won't do, or hashing failed.
    pub async fn prepare(
        app: &App,
        call: &Call,
        id: UserId,
        change: UserChange,
        expected: Option<i64>,
        rights: Rights,
    ) -> Result<Self, CommandError> {
        let user = app.db.read(call).users().get(id).await?.ok_or_else(|| Refusal::not_found("user"))?;
        rights.over_role(user.role)?;
        if call.scope.user() == Some(id) {
            change.fits_oneself(&user)?;
        }
        let email = change.email.as_deref().unwrap_or(&user.email);
        let mut faults: Vec<Fault> = check_address("email", email).into_iter().collect();
        faults.extend(change.password.as_deref().and_then(|password| check_password("password", password, email)));
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults).into());
        }
        let password_hash = match &change.password {
            Some(password) => Some(app.access.passwords.hash(password).await?),
            None => None,
        };
        Ok(Self { id, change, password_hash, expected, rights, wall: app.access.clock.now() })
    }

    fn changed(&self, user: &User, now: Instant) -> User {
        User {
            email: self.change.email.as_deref().map_or_else(|| user.email.clone(), address),
            name: self.change.name.as_deref().map_or_else(|| user.name.clone(), |name| name.trim().to_owned()),
            role: self.change.role.unwrap_or(user.role),
            active: self.change.active.unwrap_or(user.active),
            updated_at: now,
            ..user.clone()
        }
    }
}

#[async_trait::async_trait]
impl Command for UpdateUser {
    type Out = User;

    async fn run(&self, tx: &Tx) -> Result<User, CommandError> {
        // Also the lock under which admins are counted.
        tx.bump_config().await?;
        let old = tx.users().get(self.id).await?.ok_or_else(|| Refusal::not_found("user"))?;
        if self.expected.is_some_and(|expected| expected != old.version) {
            return Err(stale(old.version).into());
        }
        let mut new = self.changed(&old, tx.now());
        self.rights.over_role(old.role)?;
        self.rights.over_role(new.role)?;
        let was_admin = old.role == Role::Admin && old.active;
        let is_admin = new.role == Role::Admin && new.active;
        if was_admin && !is_admin && tx.users().others_active(Role::Admin, old.id).await? == 0 {
            let detail = "This is the last active admin; make somebody else an admin first.";
            return Err(Refusal::new(Problem::StateConflict, detail).into());
        }
        if email_key(&old.email) != email_key(&new.email) {
            tx.release_address(&old.email, old.id).await?;
            tx.claim_address(&new.email, new.id).await.map_err(taken)?;
        }
        if !tx.users().update(&new).await.map_err(taken)? {
            return Err(stale(old.version + 1).into());
        }
        new.version += 1;
        if let Some(hash) = &self.password_hash {
            tx.users().set_password(new.id, hash).await?;
        }
        if !new.active || self.password_hash.is_some() {
            let why = if new.active { "password_reset" } else { "deactivated" };
            tx.sessions().revoke_all(new.id, None, why, self.wall).await?;
        }
        let told = json!({
            "change": "updated", "role": new.role, "active": new.active,
            "password": self.password_hash.is_some(), "email": old.email != new.email,
        });
        tx.append(NewEvent::of(EventKind::AccessChanged, "user", new.id.uuid(), told));
        Ok(new)
    }
}

/// Gives a person a new password on behalf of the installation itself, and signs them out everywhere.
///
/// # Errors
/// Nobody has the address, the password won't do, or the database failed.
pub async fn reset_password(app: &App, email: &str, password: String) -> Result<User, CommandError> {
    let identity = app.db.identity(email).await?.ok_or_else(|| Refusal::not_found("user"))?;
    let call = app.call(Scope::system(identity.organization), None);
    let change = UserChange { password: Some(password), ..UserChange::default() };
    let command = UpdateUser::prepare(app, &call, identity.user, change, None, Rights::all()).await?;
    let user = app.db.write(call, command).await?;
    app.access.forget(identity.organization);
    Ok(user)
}
