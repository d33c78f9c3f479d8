use leadwright_domain::{
    access::{Role, Scope, User, address, check_address, check_password},
    events::{EventKind, NewEvent},
    fault::{Fault, Problem, Refusal},
    ids::OrganizationId,
};
use leadwright_persistence::{Command, CommandError, DbError, Tx};
use serde_json::json;

use super::Rights;
use crate::App;

/// Somebody who is to be added.
#[derive(Clone)]
pub struct NewUser {
    /// The address they will sign in with.
    pub email: String,
    /// What colleagues call them.
    pub name: String,
    /// What they will be.
    pub role: Role,
    /// Their first password.
    pub password: String,
}

/// Adds a person to the organization. Made by [`CreateUser::prepare`].
pub struct CreateUser {
    email: String,
    name: String,
    role: Role,
    password_hash: String,
    rights: Rights,
}

impl CreateUser {
    /// Checks the wish and hashes the password.
    ///
    /// # Errors
    /// Address or password won't do, or hashing failed.
    pub async fn prepare(app: &App, new: NewUser, rights: Rights) -> Result<Self, CommandError> {
        rights.over_role(new.role)?;
        let faults = [check_address("email", &new.email), check_password("password", &new.password, &new.email)];
        let faults: Vec<Fault> = faults.into_iter().flatten().collect();
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults).into());
        }
        let password_hash = app.access.passwords.hash(&new.password).await?;
        let (email, name) = (address(&new.email), new.name.trim().to_owned());
        Ok(Self { email, name, role: new.role, password_hash, rights })
    }

    /// The same for a colleague, who gets the same first password.
    pub(crate) fn colleague(&self, email: &str, name: &str, role: Role) -> Self {
        let (email, name) = (address(email), name.to_owned());
        Self { email, name, role, password_hash: self.password_hash.clone(), rights: self.rights.clone() }
    }
}

#[async_trait::async_trait]
impl Command for CreateUser {
    type Out = User;

    async fn run(&self, tx: &Tx) -> Result<User, CommandError> {
        self.rights.over_role(self.role)?;
        tx.bump_config().await?;
        let user = User {
            id: tx.new_id(),
            version: 1,
            email: self.email.clone(),
            name: self.name.clone(),
            role: self.role,
            active: true,
            created_at: tx.now(),
            updated_at: tx.now(),
        };
        tx.claim_address(&user.email, user.id).await.map_err(taken)?;
        tx.users().insert(&user, &self.password_hash).await.map_err(taken)?;
        let told = json!({"change": "created", "role": user.role});
        tx.append(NewEvent::of(EventKind::AccessChanged, "user", user.id.uuid(), told));
        Ok(user)
    }
}

/// Turns a clash of addresses into a refusal.
pub(super) fn taken(error: DbError) -> CommandError {
    let known = error.violates("login_identities_pkey", "login_identities.email_key")
        || error.violates("users_email", "users.email_key");
    if !known {
        return error.into();
    }
    let detail = "Somebody signs in with this address already; choose another.";
    Refusal::new(Problem::AlreadyExists, detail).with("field", "email").into()
}

/// Adds a person on behalf of the installation itself.
///
/// # Errors
/// The address is taken, address or password won't do, or the database failed.
pub async fn create_user(app: &App, organization: OrganizationId, new: NewUser) -> Result<User, CommandError> {
    let command = CreateUser::prepare(app, new, Rights::all()).await?;
    app.db.write(app.call(Scope::system(organization), None), command).await
}
