//! One transaction per command.

use std::{
    collections::VecDeque,
    sync::{Arc, Mutex, PoisonError},
    time::Duration,
};

use leadwright_domain::{access::Scope, events::NewEvent, ids::Id, time::Instant};
use sea_orm::DatabaseTransaction;
use uuid::Uuid;

use crate::{CommandError, DbError, events};

/// Who asks, when, and under which request id.
#[derive(Clone, Debug)]
pub struct Call {
    /// Who, and what they may see.
    pub scope: Scope,
    /// The business time of the organization.
    pub now: Instant,
    /// The id by which logs and problems name the request.
    pub request_id: Option<String>,
}

/// Something that changes the database: load, decide, apply, tell. It may run more than once, so it is a value and
/// waits for nothing but the transaction. (Boxed, so that each is compiled where it is written and not where it is called.)
#[async_trait::async_trait]
pub trait Command: Send + Sync + 'static {
    /// What it answers.
    type Out: Send + 'static;

    /// Whether its commit may reach the disk later than its answer: with the next one that may not. A crash of the process
    /// loses nothing of it; when the machine loses its power, it may be as if it and all like it since had not happened. For
    /// work that goes on from where the database says it is.
    const LAGS: bool = false;

    /// Runs it within a transaction.
    ///
    /// # Errors
    /// A refusal rolls the transaction back, as a database error does.
    async fn run(&self, tx: &Tx) -> Result<Self::Out, CommandError>;
}

/// An open transaction with its scope, its time and the events that it will append.
#[derive(Debug)]
pub struct Tx {
    connection: Arc<DatabaseTransaction>,
    patience: Duration,
    call: Call,
    events: Mutex<Vec<(Uuid, NewEvent)>>,
    /// The ids that are given out before fresh ones.
    named: Mutex<VecDeque<Uuid>>,
}

impl Tx {
    pub(crate) fn new(connection: Arc<DatabaseTransaction>, patience: Duration, call: Call) -> Self {
        Self { connection, patience, call, events: Mutex::default(), named: Mutex::default() }
    }

    pub(crate) fn connection(&self) -> &DatabaseTransaction {
        &self.connection
    }

    /// How long to wait for an answer to a statement.
    pub(crate) const fn patience(&self) -> Duration {
        self.patience
    }

    /// What limits this transaction.
    pub const fn scope(&self) -> &Scope {
        &self.call.scope
    }

    /// The time of the command: one for all it does.
    pub const fn now(&self) -> Instant {
        self.call.now
    }

    /// The request behind it.
    pub fn request_id(&self) -> Option<&str> {
        self.call.request_id.as_deref()
    }

    /// A fresh id.
    pub fn new_id<T>(&self) -> Id<T> {
        let named = self.named.lock().unwrap_or_else(PoisonError::into_inner).pop_front();
        Id::from_uuid(named.unwrap_or_else(Uuid::now_v7))
    }

    /// Appends an event; it is written last, in order, before the commit. Answers its id.
    pub fn append(&self, event: NewEvent) -> Uuid {
        let id = Uuid::now_v7();
        self.events.lock().unwrap_or_else(PoisonError::into_inner).push((id, event));
        id
    }

    /// Runs a command within this transaction as another call of the same organization: by somebody else, at another time.
    ///
    /// # Errors
    /// As the command; this transaction has to end with it.
    pub async fn within<C: Command>(&self, call: Call, command: &C) -> Result<C::Out, CommandError> {
        self.within_naming(call, command, []).await
    }

    /// The same, where the ids of the first records that the command makes are known beforehand.
    ///
    /// # Errors
    /// As the command; this transaction has to end with it.
    pub async fn within_naming<C: Command>(
        &self,
        call: Call,
        command: &C,
        ids: impl IntoIterator<Item = Uuid>,
    ) -> Result<C::Out, CommandError> {
        self.flush().await?;
        let named = Mutex::new(ids.into_iter().collect());
        let inner = Self { named, ..Self::new(Arc::clone(&self.connection), self.patience, call) };
        let out = command.run(&inner).await?;
        inner.flush().await?;
        Ok(out)
    }

    /// Writes the buffered events: the last statements before the commit, because the organization's head row is locked
    /// from here on.
    pub(crate) async fn flush(&self) -> Result<(), DbError> {
        let events = std::mem::take(&mut *self.events.lock().unwrap_or_else(PoisonError::into_inner));
        events::append_all(self, events).await
    }
}
