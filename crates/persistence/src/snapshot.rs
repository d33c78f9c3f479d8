//! One look at the database that lasts: many queries that all see the same moment.

use std::time::Duration;

use leadwright_domain::{access::Scope, time::Instant};
use sea_orm::{AccessMode, ConnectionTrait, DatabaseConnection, DatabaseTransaction, IsolationLevel, TransactionTrait};

use crate::{
    Call, DbError, Share,
    conn::{Conn, Scoped, heard},
    dialect::patience::Held,
    leads::Leads,
};

/// How long one statement of a snapshot may take. Who reads all leads waits for no page.
const STATEMENT: Duration = Duration::from_secs(120);

/// What a scope saw at one moment. It holds a connection; its share sees to it that enough are left.
#[derive(Debug)]
pub struct Snapshot {
    look: Look,
    scope: Scope,
    now: Instant,
    _place: Share,
}

/// A transaction that sees one moment, and gives statements up that take too long.
#[derive(Debug)]
enum Look {
    Postgres(DatabaseTransaction, Duration),
    Sqlite(Held),
}

impl Snapshot {
    /// Begins one on a read-only connection. SQLite's begins with its first statement, which follows at once.
    pub(crate) async fn begin(
        reader: &DatabaseConnection,
        postgres: bool,
        patience: Duration,
        call: &Call,
        place: Share,
    ) -> Result<Self, DbError> {
        let look = if postgres {
            let mode = (Some(IsolationLevel::RepeatableRead), Some(AccessMode::ReadOnly));
            let transaction = heard(patience, reader.begin_with_config(mode.0, mode.1)).await?;
            let limit = format!("SET LOCAL statement_timeout = {}", STATEMENT.as_millis());
            heard(patience, transaction.execute_unprepared(&limit)).await?;
            Look::Postgres(transaction, STATEMENT + patience)
        } else {
            Look::Sqlite(Held::begin(reader, STATEMENT).await?)
        };
        Ok(Self { look, scope: call.scope.clone(), now: call.now, _place: place })
    }

    /// The leads that the scope sees.
    pub fn leads(&self) -> Leads<'_> {
        let conn = match &self.look {
            Look::Postgres(transaction, patience) => Conn::Tx(transaction, *patience),
            Look::Sqlite(held) => Conn::Held(held),
        };
        Leads { at: Scoped { conn, scope: &self.scope, now: self.now } }
    }

    /// The time that conditions are asked for.
    pub const fn now(&self) -> Instant {
        self.now
    }

    /// Gives the connection back.
    ///
    /// # Errors
    /// The database failed.
    pub async fn end(self) -> Result<(), DbError> {
        match self.look {
            Look::Postgres(transaction, patience) => Ok(heard(patience, transaction.rollback()).await?),
            Look::Sqlite(held) => held.end().await,
        }
    }
}
