//! SQLite has one writer: commands that queue while one commit is on its way share the next, each behind a savepoint of
//! its own, so that the disk is waited for once.

use std::{panic::AssertUnwindSafe, sync::Arc, time::Duration};

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

/// Starts the writer.
pub(crate) fn start(writer: DatabaseConnection) -> Lane {
    let (lane, mut queue) = mpsc::channel::<Box<dyn Waiting>>(4096);
    tokio::spawn(async move {
        while let Some(first) = queue.recv().await {
            let mut together = vec![first];
            while together.len() < MOST_TOGETHER
                && let Ok(next) = queue.try_recv()
            {
                together.push(next);
            }
            commit_together(&writer, together).await;
        }
    });
    lane
}

async fn commit_together(writer: &DatabaseConnection, mut batch: Vec<Box<dyn Waiting>>) {
    if batch.len() > 1 && try_together(writer, &mut batch).await.is_ok() {
        batch.into_iter().for_each(Waiting::answer);
        return;
    }
    for mut one in batch {
        alone(writer, &mut one).await;
        one.answer();
    }
}

async fn begin(writer: &DatabaseConnection) -> Result<Arc<DatabaseTransaction>, DbError> {
    let options = TransactionOptions {
        sqlite_transaction_mode: Some(SqliteTransactionMode::Immediate),
        ..TransactionOptions::default()
    };
    Ok(Arc::new(writer.begin_with_options(options).await?))
}

/// Runs all in one transaction; an error means that none of it happened.
async fn try_together(writer: &DatabaseConnection, batch: &mut [Box<dyn Waiting>]) -> Result<(), DbError> {
    let transaction = begin(writer).await?;
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

async fn alone(writer: &DatabaseConnection, one: &mut Box<dyn Waiting>) {
    for wait in crate::db::RETRY_WAITS {
        let done = async {
            let transaction = begin(writer).await?;
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
