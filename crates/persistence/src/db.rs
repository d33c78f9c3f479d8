//! Connecting, and running commands and queries.

use std::{sync::Arc, time::Duration};

use leadwright_migrations::{Migrator, MigratorTrait};
use sea_orm::{ConnectOptions, ConnectionTrait, Database, DatabaseConnection, DbBackend, TransactionTrait};

use crate::{
    Call, Command, CommandError, DbError, Reader, Shares, Snapshot, Tx,
    conn::heard,
    group::{self, Lane},
    waiting::{Waiting, queued},
};

/// How long to wait before each further try of a command that lost a race; after the last, its error is final.
pub(crate) const RETRY_WAITS: [Duration; 6] = [
    Duration::from_millis(3),
    Duration::from_millis(10),
    Duration::from_millis(30),
    Duration::from_millis(100),
    Duration::from_millis(300),
    Duration::ZERO,
];

/// How long closing waits for connections that are in use.
const CLOSE_WITHIN: Duration = Duration::from_secs(5);

/// How long an answer of PostgreSQL may be on its way, beyond the time that a statement may take.
const ON_THE_WAY: Duration = Duration::from_secs(3);

/// How to reach the database.
#[derive(Clone, Debug)]
pub struct Settings {
    /// `sqlite://path` or `postgres://…`.
    pub url: String,
    /// The most connections to PostgreSQL; a quarter of them, at least two, serve commands' reads. SQLite: the readers.
    pub max_connections: u32,
    /// PostgreSQL gives a statement up after this.
    pub statement_timeout: Duration,
    /// How long a request waits for a free connection.
    pub acquire_timeout: Duration,
}

/// A database: one writer side, one read-only side.
#[derive(Clone, Debug)]
pub struct Db {
    writer: DatabaseConnection,
    reader: DatabaseConnection,
    /// Beside the writer of SQLite.
    settler: Option<DatabaseConnection>,
    lane: Option<Lane>,
    /// How long to wait for the answer to a statement.
    patience: Duration,
    /// How many snapshots may be looked at together: each keeps a connection from requests.
    snapshots: Shares,
}

impl Db {
    /// Connects, creating a SQLite file that is not there.
    ///
    /// # Errors
    /// The URL is not understood, or the database can't be reached.
    pub async fn connect(settings: &Settings) -> Result<Self, DbError> {
        if settings.url.starts_with("sqlite:") {
            let writer = Database::connect(sqlite(settings, false)).await?;
            let reader = Database::connect(sqlite(settings, true)).await?;
            let settler = Database::connect(sqlite(settings, false)).await?;
            let lane = group::start(writer.clone(), settler.clone());
            let snapshots = places(settings.max_connections);
            let (lane, settler) = (Some(lane), Some(settler));
            return Ok(Self { writer, reader, settler, lane, patience: Duration::MAX, snapshots });
        }
        let writer = Database::connect(postgres(settings, false)).await?;
        let reader = Database::connect(postgres(settings, true)).await?;
        let patience = settings.statement_timeout + ON_THE_WAY;
        let snapshots = places(share(settings));
        Ok(Self { writer, reader, settler: None, lane: None, patience, snapshots })
    }

    /// Brings the schema up to date. Nodes that start together take turns (PostgreSQL advisory lock).
    ///
    /// # Errors
    /// A step failed; SQLite and PostgreSQL both roll it back.
    pub async fn migrate(&self) -> Result<(), DbError> {
        if self.is_postgres() {
            return crate::dialect::locks::migrate_alone(&self.writer).await;
        }
        Ok(Migrator::up(&self.writer, None).await?)
    }

    /// How many steps of the schema are missing.
    ///
    /// # Errors
    /// The database can't be reached.
    pub async fn pending_migrations(&self) -> Result<usize, DbError> {
        Ok(Migrator::get_pending_migrations(&self.writer).await?.len())
    }

    /// Whether this is PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.writer.get_database_backend() == DbBackend::Postgres
    }

    /// Answers when the database does.
    ///
    /// # Errors
    /// It does not.
    pub async fn ping(&self) -> Result<(), DbError> {
        heard(self.patience, self.reader.execute_unprepared("SELECT 1")).await?;
        Ok(())
    }

    /// Lets PostgreSQL look at leads and events anew after they have become many more: it keeps a plan from when they were few
    /// until its own service comes by, once a minute, and the lists take several times as long meanwhile. SQLite plans by
    /// indexes alone.
    ///
    /// # Errors
    /// The database failed.
    pub async fn grown(&self) -> Result<(), DbError> {
        if self.is_postgres() {
            heard(self.patience, self.writer.execute_unprepared("ANALYZE leads, events")).await?;
        }
        Ok(())
    }

    /// A read-only view of what a call may see.
    pub fn read(&self, call: &Call) -> Reader {
        Reader { pool: self.reader.clone(), patience: self.patience, scope: call.scope.clone(), now: call.now }
    }

    /// One moment of what a call may see, for many queries; `None` while as many are looked at as connections allow, or as
    /// one organization may.
    ///
    /// # Errors
    /// The database failed.
    pub async fn snapshot(&self, call: &Call) -> Result<Option<Snapshot>, DbError> {
        let Some(place) = self.snapshots.take(call.scope.organization) else { return Ok(None) };
        Snapshot::begin(&self.reader, self.is_postgres(), self.patience, call, place).await.map(Some)
    }

    /// How many connections are open, for each side.
    pub fn pools(&self) -> [Pool; 2] {
        [Pool::of("writer", &self.writer), Pool::of("reader", &self.reader)]
    }

    pub(crate) const fn reader_pool(&self) -> &DatabaseConnection {
        &self.reader
    }

    /// Runs a command in a transaction of its own and answers when it is durable. It goes on when the caller goes away,
    /// and runs again when it loses a race.
    ///
    /// # Errors
    /// The command was refused, or the database failed; nothing has changed then.
    pub async fn write<C: Command>(&self, call: Call, command: C) -> Result<C::Out, CommandError> {
        let (queued, answer) = queued(call, command);
        if let Some(lane) = &self.lane {
            lane.send(queued).await.map_err(|_| stopped())?;
        } else {
            tokio::spawn(run_on_postgres(self.writer.clone(), self.patience, queued));
        }
        answer.await.map_err(|_| stopped())?
    }

    /// Closes all connections; a SQLite file is checkpointed. Gives up on connections that don't come back in time: one
    /// that was on its way back to the pool when its runtime stopped never does.
    pub async fn close(self) {
        for pool in [self.settler, Some(self.reader), Some(self.writer)].into_iter().flatten() {
            match tokio::time::timeout(CLOSE_WITHIN, pool.close()).await {
                Ok(Ok(())) => {}
                Ok(Err(error)) => tracing::warn!(%error, "a connection did not close cleanly"),
                Err(_) => tracing::warn!("a connection did not come back to be closed"),
            }
        }
    }
}

/// A quarter of the reading connections, so that requests always have most of them; of few connections two, so that there is
/// one for others where an organization has one.
fn places(readers: u32) -> Shares {
    let most = (readers / 4).clamp(if readers < 4 { 1 } else { 2 }, 4) as usize;
    Shares::new(most, most.div_ceil(2))
}

/// The connections to PostgreSQL of each side.
fn share(settings: &Settings) -> u32 {
    (settings.max_connections / 2).max(2)
}

/// The open connections of one side.
#[derive(Clone, Copy, Debug)]
pub struct Pool {
    /// `writer` or `reader`.
    pub name: &'static str,
    /// Those that wait for work.
    pub idle: u32,
    /// Those at work.
    pub used: u32,
}

impl Pool {
    fn of(name: &'static str, connection: &DatabaseConnection) -> Self {
        let (open, idle) = if connection.get_database_backend() == DbBackend::Postgres {
            let pool = connection.get_postgres_connection_pool();
            (pool.size(), pool.num_idle())
        } else {
            let pool = connection.get_sqlite_connection_pool();
            (pool.size(), pool.num_idle())
        };
        let idle = u32::try_from(idle).unwrap_or(open).min(open);
        Self { name, idle, used: open - idle }
    }
}

fn stopped() -> CommandError {
    DbError::Unavailable("the writer has stopped".to_owned()).into()
}

async fn run_on_postgres(writer: DatabaseConnection, patience: Duration, mut command: Box<dyn Waiting>) {
    for wait in RETRY_WAITS {
        match try_on_postgres(&writer, patience, command.as_mut()).await {
            Ok(()) => break,
            Err(CommandError::Db(error)) if error.is_retryable() && !wait.is_zero() => {
                tokio::time::sleep(wait).await;
            }
            Err(error) => {
                command.refuse(error);
                break;
            }
        }
    }
    command.answer();
}

async fn try_on_postgres(
    writer: &DatabaseConnection,
    patience: Duration,
    command: &mut dyn Waiting,
) -> Result<(), CommandError> {
    let transaction = Arc::new(heard(patience, writer.begin()).await?);
    if command.lags() {
        heard(patience, transaction.execute_unprepared("SET LOCAL synchronous_commit TO off")).await?;
    }
    let tx = Tx::new(Arc::clone(&transaction), patience, command.call());
    let ran = command.attempt(&tx).await;
    drop(tx);
    let Some(transaction) = Arc::into_inner(transaction) else {
        return Err(DbError::Other("a command kept its transaction".to_owned()).into());
    };
    match ran {
        Ok(()) => heard(patience, transaction.commit()).await?,
        // Nobody would hear the rollback; it happens with the end of the connection.
        Err(error @ CommandError::Db(DbError::Unavailable(_))) => return Err(error),
        Err(error) => {
            heard(patience, transaction.rollback()).await?;
            return Err(error);
        }
    }
    Ok(())
}

fn sqlite(settings: &Settings, read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(settings.url.clone());
    options.sqlx_logging(false).acquire_timeout(settings.acquire_timeout);
    // One writer; idle connections are kept, because opening one reads the schema anew.
    options.max_connections(if read_only { settings.max_connections } else { 1 }).min_connections(1);
    options.idle_timeout(None::<Duration>).max_lifetime(None::<Duration>);
    options.map_sqlx_sqlite_opts(move |options| {
        use sqlx::sqlite::{SqliteJournalMode, SqliteSynchronous};
        let options = options
            .create_if_missing(true)
            .journal_mode(SqliteJournalMode::Wal)
            .synchronous(SqliteSynchronous::Full)
            .busy_timeout(Duration::from_secs(5))
            .foreign_keys(true)
            .pragma("temp_store", "memory")
            // No memory map: each connection has its own, and a large file would count as memory many times over. The
            // system keeps the pages anyway, so readers need little of their own.
            .pragma("cache_size", if read_only { "-2000" } else { "-16000" })
            // A checkpoint writes each changed page once, so seldom ones write less; each thousand pages are 4 MB of log.
            .pragma("wal_autocheckpoint", "16000")
            .statement_cache_capacity(200);
        if read_only { options.pragma("query_only", "on") } else { options }
    });
    options
}

fn postgres(settings: &Settings, read_only: bool) -> ConnectOptions {
    let mut options = ConnectOptions::new(settings.url.clone());
    let share = share(settings);
    options.sqlx_logging(false).acquire_timeout(settings.acquire_timeout).max_connections(share).min_connections(1);
    let timeout = settings.statement_timeout.as_millis().to_string();
    options.map_sqlx_postgres_opts(move |options| {
        let mode = if read_only { "on" } else { "off" };
        options
            .application_name("leadwright")
            .options([
                ("statement_timeout", timeout.as_str()),
                ("default_transaction_read_only", mode),
                ("TimeZone", "UTC"),
            ])
            .statement_cache_capacity(200)
    });
    options
}
