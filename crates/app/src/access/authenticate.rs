//! From a token to a scope. What was read of people and keys is kept for five seconds, so that a busy caller costs no
//! reads; a change on this node is seen at once, one on another node when the five seconds are over.

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use chrono::TimeDelta;
use leadwright_domain::{
    access::{Actor, LeadVisibility, Permission, Role, Scope},
    ids::{ApiKeyId, Id, OrganizationId, SessionId},
    time::Instant,
};
use leadwright_persistence::{Call, Command, CommandError, DbError, Tx};
use moka::future::Cache;
use uuid::Uuid;

use super::{
    secret_token::{API_KEY, SecretToken},
    tokens,
};
use crate::App;

/// How long what was read is believed.
const BELIEVED: Duration = Duration::from_secs(5);
/// How many callers are kept at most.
const MOST_CALLERS: u64 = 50_000;
/// `last_used_at` of a key is written this often at most.
const NOTED_EVERY: TimeDelta = TimeDelta::minutes(1);

/// Somebody who proved who they are.
#[derive(Clone, Debug)]
pub struct Credential {
    /// The organization and what of it they see.
    pub scope: Scope,
    /// What they may do.
    pub permissions: Vec<Permission>,
    /// The role, for people.
    pub role: Option<Role>,
    /// The session, for people.
    pub session: Option<SessionId>,
}

struct Seen {
    generation: u64,
    credential: Credential,
    ends_at: Option<Instant>,
    secret_hash: Vec<u8>,
}

type Who = (OrganizationId, Uuid);

/// Callers that were seen in the last seconds.
pub(super) struct Known {
    callers: Cache<Who, Arc<Seen>>,
    generations: Mutex<HashMap<OrganizationId, u64>>,
    noted: Cache<Who, ()>,
}

impl Default for Known {
    fn default() -> Self {
        let noted_every = NOTED_EVERY.to_std().unwrap_or(Duration::from_secs(60));
        Self {
            callers: Cache::builder().max_capacity(MOST_CALLERS).time_to_live(BELIEVED).build(),
            generations: Mutex::default(),
            noted: Cache::builder().max_capacity(MOST_CALLERS).time_to_live(noted_every).build(),
        }
    }
}

impl std::fmt::Debug for Known {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Known").field("callers", &self.callers.entry_count()).finish()
    }
}

impl Known {
    pub(super) fn forget(&self, organization: OrganizationId) {
        let mut generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        *generations.entry(organization).or_default() += 1;
    }

    fn generation(&self, organization: OrganizationId) -> u64 {
        let generations = self.generations.lock().unwrap_or_else(PoisonError::into_inner);
        generations.get(&organization).copied().unwrap_or_default()
    }

    /// What is known of a caller; whatever was read before the organization was last changed here is not believed.
    async fn of(&self, who: Who, generation: u64, now: Instant) -> Option<Arc<Seen>> {
        let seen = self.callers.get(&who).await?;
        (seen.generation == generation && seen.ends_at.is_none_or(|end| now < end)).then_some(seen)
    }
}

impl App {
    /// Finds out who holds a token: an access token or an API key. `None` for one that is void.
    ///
    /// # Errors
    /// The database failed.
    pub async fn authenticate(&self, token: &str) -> Result<Option<Credential>, DbError> {
        if let Some(key) = SecretToken::parse(API_KEY, token) {
            return self.key_holder(&key).await;
        }
        if token.starts_with(API_KEY) {
            return Ok(None);
        }
        let Some(claims) = tokens::verified(self, token).await? else { return Ok(None) };
        let who = (claims.org, claims.sid.uuid());
        let seen = self.seen(who, |generation| self.read_session(claims.org, claims.sid, generation)).await?;
        let mine = seen.filter(|seen| seen.credential.scope.actor == Actor::User(claims.sub));
        Ok(mine.map(|seen| seen.credential.clone()))
    }

    async fn key_holder(&self, key: &SecretToken) -> Result<Option<Credential>, DbError> {
        let (who, id) = ((key.organization, key.id), Id::from_uuid(key.id));
        let seen = self.seen(who, |generation| self.read_key(key.organization, id, generation)).await?;
        let Some(seen) = seen.filter(|seen| key.has_hash(&seen.secret_hash)) else { return Ok(None) };
        self.note_use(key.organization, id).await;
        Ok(Some(seen.credential.clone()))
    }

    async fn seen<F>(&self, who: Who, read: impl FnOnce(u64) -> F) -> Result<Option<Arc<Seen>>, DbError>
    where
        F: Future<Output = Result<Option<Seen>, DbError>>,
    {
        let known = &self.access.known;
        let generation = known.generation(who.0);
        if let Some(seen) = known.of(who, generation, self.access.clock.now()).await {
            return Ok(Some(seen));
        }
        let Some(seen) = read(generation).await? else { return Ok(None) };
        let seen = Arc::new(seen);
        known.callers.insert(who, Arc::clone(&seen)).await;
        Ok(Some(seen))
    }

    fn system_call(&self, organization: OrganizationId) -> Call {
        Call { scope: Scope::system(organization), now: self.access.clock.now(), request_id: None }
    }

    async fn read_session(
        &self,
        organization: OrganizationId,
        id: SessionId,
        generation: u64,
    ) -> Result<Option<Seen>, DbError> {
        let call = self.system_call(organization);
        let reader = self.db.read(&call);
        let Some(session) = reader.sessions().get(id).await?.filter(|session| session.is_live(call.now)) else {
            return Ok(None);
        };
        let Some(user) = reader.users().get(session.user).await?.filter(|user| user.active) else { return Ok(None) };
        let teams = reader.teams().of_user(user.id).await?;
        let setting = reader.organization().get().await?.settings.rep_visibility;
        let leads = LeadVisibility::of(user.role, setting, user.id, teams);
        let credential = Credential {
            scope: Scope { organization, actor: Actor::User(user.id), leads },
            permissions: user.role.permissions().to_vec(),
            role: Some(user.role),
            session: Some(id),
        };
        Ok(Some(Seen { generation, credential, ends_at: Some(session.expires_at), secret_hash: vec![] }))
    }

    async fn read_key(
        &self,
        organization: OrganizationId,
        id: ApiKeyId,
        generation: u64,
    ) -> Result<Option<Seen>, DbError> {
        let call = self.system_call(organization);
        let Some((key, secret_hash)) = self.db.read(&call).api_keys().get(id).await? else { return Ok(None) };
        if !key.is_live(call.now) {
            return Ok(None);
        }
        if key.last_used_at.is_some_and(|last| call.now - last < NOTED_EVERY) {
            self.access.known.noted.insert((organization, id.uuid()), ()).await;
        }
        let scope = Scope { organization, actor: Actor::ApiKey(id), leads: LeadVisibility::All };
        let credential = Credential { scope, permissions: key.scopes, role: None, session: None };
        Ok(Some(Seen { generation, credential, ends_at: key.expires_at, secret_hash }))
    }

    /// Writes that a key is in use, in the background: no request waits for it.
    async fn note_use(&self, organization: OrganizationId, id: ApiKeyId) {
        let who = (organization, id.uuid());
        if self.access.known.noted.contains_key(&who) {
            return;
        }
        self.access.known.noted.insert(who, ()).await;
        let (app, call) = (self.clone(), self.system_call(organization));
        tokio::spawn(async move {
            if let Err(error) = app.db.write(call, NoteUse(id)).await {
                tracing::warn!(%error, "the use of an API key was not noted");
            }
        });
    }
}

struct NoteUse(ApiKeyId);

#[async_trait::async_trait]
impl Command for NoteUse {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        Ok(tx.api_keys().used(self.0, tx.now()).await?)
    }
}
