//! SQLite has one writer: commands that queue while one commit is on its way share the next, each behind a savepoint of
//! its own, so that the disk is waited for once.

use std::{
    panic::AssertUnwindSafe,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::Duration,
};

use futures_util::FutureExt;
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, SqliteTransactionMode, TransactionOptions,
    TransactionTrait,
};
use tokio::sync::mpsc;

use crate::{CommandError, DbError, Tx, waiting::Waiting};

/// The most commands in one commit.
const MOST_TOGETHER: usize = 16;

/// The queue in front of the one SQLite writer.
pub(crate) type Lane = mpsc::Sender<Box<dyn Waiting>>;

/// How long after a commit what it wrote to the log is brought into the file.
const SETTLES: Duration = Duration::from_millis(100);

/// Starts the writer; `settler` is a connection of its own, on which the log is brought into the file beside it.
pub(crate) fn start(writer: DatabaseConnection, settler: DatabaseConnection) -> Lane {
    let (lane, mut queue) = mpsc::channel::<Box<dyn Waiting>>(4096);
    let (committed, news) = mpsc::channel(1);
    tokio::spawn(settle(settler, news));
    let writer = Writer { connection: writer, lags: AtomicBool::new(false) };
    tokio::spawn(async move {
        while let Some(first) = queue.recv().await {
            let mut together = vec![first];
            while together.len() < MOST_TOGETHER
                && let Ok(next) = queue.try_recv()
            {
                together.push(next);
            }
            commit_together(&writer, together).await;
            // Where word is on its way already, it will do.
            let _sent = committed.try_send(());
        }
    });
    lane
}

/// Brings the log into the file, so that the writer, whom all wait for, has little left to do of that when the log is long.
/// A checkpoint of this kind waits for nobody and holds nobody up.
async fn settle(settler: DatabaseConnection, mut news: mpsc::Receiver<()>) {
    while news.recv().await.is_some() {
        tokio::time::sleep(SETTLES).await;
        if let Err(error) = settler.execute_unprepared("PRAGMA wal_checkpoint(PASSIVE)").await {
            tracing::debug!(%error, "the log was not brought into the file");
        }
    }
}

/// The one writing connection. A new one does not lag.
struct Writer {
    connection: DatabaseConnection,
    lags: AtomicBool,
}

async fn commit_together(writer: &Writer, mut batch: Vec<Box<dyn Waiting>>) {
    if batch.len() > 1 && try_together(writer, &mut batch).await.is_ok() {
        batch.into_iter().for_each(Waiting::answer);
        return;
    }
    for mut one in batch {
        alone(writer, &mut one).await;
        one.answer();
    }
}

/// Begins a transaction; that of commands that all lag is not waited for until it is on the disk.
async fn begin(writer: &Writer, lags: bool) -> Result<Arc<DatabaseTransaction>, DbError> {
    if writer.lags.load(Ordering::Relaxed) != lags {
        let level = if lags { "PRAGMA synchronous = NORMAL" } else { "PRAGMA synchronous = FULL" };
        writer.connection.execute_unprepared(level).await?;
        writer.lags.store(lags, Ordering::Relaxed);
    }
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    Ok(Arc::new(writer.connection.begin_with_options(options).await?))
}

/// Runs all in one transaction; an error means that none of it happened.
async fn try_together(writer: &Writer, batch: &mut [Box<dyn Waiting>]) -> Result<(), DbError> {
    let lags = batch.iter().all(|one| one.lags());
    let transaction = begin(writer, lags).await?;
    for one in batch {
        transaction.execute_unprepared("SAVEPOINT one").await?;
        match attempt(&transaction, one).await {
            Ok(()) => transaction.execute_unprepared("RELEASE one").await?,
            Err(error @ CommandError::Refused(_)) => {
                one.refuse(error);
                transaction.execute_unprepared("ROLLBACK TO one").await?;
                transaction.execute_unprepared("RELEASE one").await?
            }
            Err(CommandError::Db(error)) => {
                end(transaction, false).await?;
                return Err(error);
            }
        };
    }
    end(transaction, true).await
}

async fn attempt(transaction: &Arc<DatabaseTransaction>, one: &mut Box<dyn Waiting>) -> Result<(), CommandError> {
    let tx = Tx::new(Arc::clone(transaction), Duration::MAX, one.call());
    let ran = AssertUnwindSafe(one.attempt(&tx)).catch_unwind().await;
    ran.unwrap_or_else(|_| Err(DbError::Other("the command panicked".to_owned()).into()))
}

async fn alone(writer: &Writer, one: &mut Box<dyn Waiting>) {
    for wait in crate::db::RETRY_WAITS {
        let done = async {
            let transaction = begin(writer, one.lags()).await?;
            let ran = attempt(&transaction, one).await;
            end(transaction, ran.is_ok()).await?;
            ran
        }
        .await;
        match done {
            Ok(()) => return,
            Err(CommandError::Db(error)) if error.is_retryable() && !wait.is_zero() => tokio::time::sleep(wait).await,
            Err(error) => return one.refuse(error),
        }
    }
}

/// Commits or rolls back. Nobody else holds the transaction by now.
async fn end(transaction: Arc<DatabaseTransaction>, commit: bool) -> Result<(), DbError> {
    let Some(transaction) = Arc::into_inner(transaction) else {
        return Err(DbError::Other("a command kept its transaction".to_owned()));
    };
    if commit {
        transaction.commit().await?
    } else {
        transaction.rollback().await?
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use leadwright_domain::{access::Scope, ids::Id};
    use sea_orm::{ConnectOptions, Database, DbBackend, Statement};

    use super::*;
    use crate::{Call, Command, waiting::queued};

    /// Asks how its commit reaches the disk: 1 stands for `NORMAL`, 2 for `FULL`.
    struct Ask<const LAGS: bool>;

    #[async_trait::async_trait]
    impl<const LAGS: bool> Command for Ask<LAGS> {
        type Out = i32;
        const LAGS: bool = LAGS;

        async fn run(&self, tx: &Tx) -> Result<i32, CommandError> {
            let level = Statement::from_string(DbBackend::Sqlite, "PRAGMA synchronous");
            let level = tx.connection().query_one_raw(level).await.map_err(DbError::from)?.unwrap();
            Ok(level.try_get_by_index(0).map_err(DbError::from)?)
        }
    }

    async fn connection() -> DatabaseConnection {
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).sqlx_logging(false);
        Database::connect(options).await.unwrap()
    }

    #[tokio::test]
    async fn what_is_answered_is_on_the_disk_unless_it_may_lag() {
        let call = || Call {
            scope: Scope::system(Id::from_uuid(uuid::Uuid::nil())),
            now: Default::default(),
            request_id: None,
        };
        let writer = connection().await;
        let lane = start(writer, connection().await);
        let mut levels = Vec::new();
        for lags in [false, true, true, false] {
            let (waiting, answer) = if lags { queued(call(), Ask::<true>) } else { queued(call(), Ask::<false>) };
            lane.send(waiting).await.map_err(drop).unwrap();
            levels.push(answer.await.unwrap().unwrap());
        }
        assert_eq!(levels, [2, 1, 1, 2]);

        let writer = Writer { connection: connection().await, lags: AtomicBool::new(false) };
        let ((one, first), (other, second)) = (queued(call(), Ask::<true>), queued(call(), Ask::<false>));
        commit_together(&writer, vec![one, other]).await;
        assert_eq!((first.await.unwrap().unwrap(), second.await.unwrap().unwrap()), (2, 2), "one of them may not");
    }
}
