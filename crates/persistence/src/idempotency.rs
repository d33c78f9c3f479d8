//! One request, one effect: the first answer under a key is kept with the change it made, and given again.

use chrono::Duration;
use leadwright_domain::fault::{Problem, Refusal};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter};
use serde::{Deserialize, Serialize};

use crate::{
    Command, CommandError, DbError, Tx, conn::repository, dialect::locks, entities::idempotency_keys as rows,
    scope::Begin,
};

repository!(
    /// Answers kept under idempotency keys.
    Idempotency,
    idempotency
);

/// How long an answer is kept.
const KEPT: Duration = Duration::hours(24);

/// A caller's key and what it was sent with.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Key {
    /// Who: keys of different callers don't meet.
    pub caller: String,
    /// The header's value.
    pub key: String,
    /// Digest of method, path, query, content type and body.
    pub fingerprint: [u8; 32],
    /// How long the answer is kept, where it is not a day: the key was made of what was sent, and who comes second waits
    /// for the first instead of being told to come back.
    pub window: Option<Duration>,
}

impl Key {
    fn name(&self) -> String {
        format!("{}\u{0}{}", self.caller, self.key)
    }
}

/// An HTTP answer as it is kept.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StoredAnswer {
    /// The status code.
    pub status: u16,
    /// Headers that belong to the answer: `Location`, `ETag`.
    pub headers: Vec<(String, String)>,
    /// The JSON body; empty for none.
    pub body: String,
}

/// What a guarded command came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Answered {
    /// The answer.
    pub answer: StoredAnswer,
    /// Whether it was given before.
    pub replayed: bool,
}

/// A command together with the key it came under and the way its answer is put into words.
pub struct Guarded<C: Command, R> {
    /// The command.
    pub command: C,
    /// The key, if the caller sent one.
    pub key: Option<Key>,
    /// Puts the outcome into words; runs within the transaction, so that the answer is kept with the change.
    pub render: R,
}

#[async_trait::async_trait]
impl<C, R> Command for Guarded<C, R>
where
    C: Command,
    R: Fn(C::Out) -> StoredAnswer + Send + Sync + 'static,
{
    type Out = Answered;

    async fn run(&self, tx: &Tx) -> Result<Answered, CommandError> {
        tx.idempotency().wait(self.key.iter()).await?;
        if let Some(key) = &self.key
            && let Some(answer) = tx.idempotency().earlier(key).await?
        {
            return Ok(Answered { answer, replayed: true });
        }
        let answer = (self.render)(self.command.run(tx).await?);
        if let Some(key) = &self.key {
            tx.idempotency().keep(key, &answer, tx.new_id::<()>().uuid()).await?;
        }
        Ok(Answered { answer, replayed: false })
    }
}

impl Idempotency<'_> {
    /// Waits for the first of equal posts, and holds their keys until the transaction ends. Once in a transaction, for
    /// all of them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn wait(&self, keys: impl Iterator<Item = &Key>) -> Result<(), DbError> {
        let names: Vec<String> = keys.filter(|key| key.window.is_some()).map(Key::name).collect();
        locks::wait_keys(self.at.conn, self.at.organization(), "idempotency", &names).await
    }

    /// The answer given under this key before, if any. Holds the key until the transaction ends.
    ///
    /// # Errors
    /// The key came with another request, or its first request is still running.
    pub async fn earlier(&self, key: &Key) -> Result<Option<StoredAnswer>, CommandError> {
        let waited = key.window.is_some();
        if !waited && !locks::try_key(self.at.conn, self.at.organization(), "idempotency", &key.name()).await? {
            let detail = "A request with this Idempotency-Key is still running; repeat it in a moment.";
            return Err(Refusal::new(Problem::IdempotencyInProgress, detail).into());
        }
        let Some(row) = self.find(key).await? else { return Ok(None) };
        if row.expires_at <= self.at.now {
            self.at.scope.delete::<rows::Entity>().filter(rows::Column::Id.eq(row.id)).exec(&self.at.conn).await?;
            return Ok(None);
        }
        if row.fingerprint != key.fingerprint {
            let detail = "This Idempotency-Key was used for another request; use a new one for each.";
            return Err(Refusal::new(Problem::IdempotencyKeyReused, detail).into());
        }
        let headers = serde_json::from_value(row.headers).map_err(DbError::corrupt)?;
        let status = u16::try_from(row.status).map_err(DbError::corrupt)?;
        Ok(Some(StoredAnswer { status, headers, body: row.body }))
    }

    async fn find(&self, key: &Key) -> Result<Option<rows::Model>, DbError> {
        let found = self
            .at
            .scope
            .find::<rows::Entity>()
            .filter(rows::Column::Caller.eq(&key.caller))
            .filter(rows::Column::IdempotencyKey.eq(&key.key));
        Ok(found.one(&self.at.conn).await?)
    }

    /// Keeps an answer for the next day.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keep(&self, key: &Key, answer: &StoredAnswer, id: uuid::Uuid) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(id),
            caller: Set(key.caller.clone()),
            idempotency_key: Set(key.key.clone()),
            fingerprint: Set(key.fingerprint.to_vec()),
            status: Set(i64::from(answer.status)),
            headers: Set(serde_json::to_value(&answer.headers).map_err(DbError::corrupt)?),
            body: Set(answer.body.clone()),
            created_at: Set(self.at.now),
            expires_at: Set(self.at.now + key.window.unwrap_or(KEPT)),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Forgets keys that have expired; answers how many.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_expired(&self) -> Result<u64, DbError> {
        let expired = rows::Column::ExpiresAt.lte(self.at.now);
        let done = self.at.scope.delete::<rows::Entity>().filter(expired).exec(&self.at.conn).await?;
        Ok(done.rows_affected)
    }
}
