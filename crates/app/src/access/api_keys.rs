//! API keys: what programs prove themselves with (spec PLA-2).

use leadwright_domain::{
    access::{ApiKey, Permission},
    events::{EventKind, NewEvent},
    fault::{Fault, Refusal},
    ids::ApiKeyId,
    time::Instant,
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::{
    Rights,
    secret_token::{API_KEY, SecretToken},
};

/// How much of a key is shown again.
const HINT: usize = 4;

/// Adds an API key. Its text is answered once and kept nowhere.
#[derive(Clone, Debug)]
pub struct CreateApiKey {
    /// What it is for.
    pub name: String,
    /// What it may be used for.
    pub scopes: Vec<Permission>,
    /// When it ends by itself.
    pub expires_at: Option<Instant>,
    /// What the caller may do.
    pub rights: Rights,
    /// The wall clock.
    pub now: Instant,
}

#[async_trait::async_trait]
impl Command for CreateApiKey {
    type Out = (ApiKey, String);

    async fn run(&self, tx: &Tx) -> Result<(ApiKey, String), CommandError> {
        self.rights.over(&self.scopes)?;
        if self.expires_at.is_some_and(|end| end <= self.now) {
            let fault = Fault::in_field("expires_at", "in_the_past", "Send an instant that is still to come.");
            return Err(Refusal::invalid(vec![fault]).into());
        }
        let id: ApiKeyId = tx.new_id();
        let token = SecretToken::new(tx.scope().organization, id.uuid())?;
        let text = token.text(API_KEY);
        let mut scopes = self.scopes.clone();
        scopes.sort_unstable();
        scopes.dedup();
        let key = ApiKey {
            id,
            name: self.name.trim().to_owned(),
            hint: text.chars().skip(text.len() - HINT).collect(),
            scopes,
            created_by: tx.scope().user(),
            created_at: self.now,
            expires_at: self.expires_at,
            last_used_at: None,
            revoked_at: None,
        };
        tx.api_keys().insert(&key, token.hash()).await?;
        let told = json!({"change": "created", "scopes": key.scopes});
        tx.append(NewEvent::of(EventKind::AccessChanged, "api_key", id.uuid(), told));
        Ok((key, text))
    }
}

/// Revokes an API key. Revoking one that is revoked is no fault.
#[derive(Clone, Debug)]
pub struct RevokeApiKey {
    /// Which.
    pub id: ApiKeyId,
    /// The wall clock.
    pub now: Instant,
}

#[async_trait::async_trait]
impl Command for RevokeApiKey {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        tx.api_keys().get(self.id).await?.ok_or_else(|| Refusal::not_found("API key"))?;
        if tx.api_keys().revoke(self.id, self.now).await? {
            let told = json!({"change": "revoked"});
            tx.append(NewEvent::of(EventKind::AccessChanged, "api_key", self.id.uuid(), told));
        }
        Ok(())
    }
}
