//! Queries that may take only so long, because a caller wrote part of them.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use sea_orm::{
    AccessMode, ConnectionTrait, DatabaseConnection, DbBackend, DbErr, QueryResult, Statement, TransactionTrait, Value,
};
use sqlx::{AssertSqlSafe, Sqlite, SqliteConnection, Transaction, query::Query, sqlite::SqliteArguments};
use tokio::sync::Mutex;

use crate::{
    DbError,
    conn::{Conn, heard},
};

/// How many steps of SQLite's machine lie between two looks at the clock.
const STEPS: i32 = 10_000;

/// Runs a query for at most so long.
///
/// # Errors
/// [`DbError::TimedOut`] when the time is over, or the database failed.
pub(crate) async fn query_all(
    conn: Conn<'_>,
    statement: Statement,
    at_most: Duration,
) -> Result<Vec<QueryResult>, DbError> {
    match conn {
        Conn::Pool(pool, within) if pool.get_database_backend() == DbBackend::Postgres => {
            heard(within, on_postgres(pool, statement, at_most)).await
        }
        Conn::Pool(pool, _) => {
            // On a task of its own: were it left when the caller goes, the connection would go back with its clock on, and
            // later queries on it would be interrupted.
            let query = tokio::spawn(on_sqlite(pool.clone(), statement, at_most));
            query.await.map_err(|error| DbError::Other(error.to_string()))?
        }
        // Commands and looks that last have limits of their own.
        Conn::Tx(..) | Conn::Held(_) => Ok(conn.query_all_raw(statement).await?),
    }
}

async fn on_postgres(
    pool: &DatabaseConnection,
    statement: Statement,
    at_most: Duration,
) -> Result<Vec<QueryResult>, DbError> {
    let transaction = pool.begin_with_config(None, Some(AccessMode::ReadOnly)).await?;
    transaction.execute_unprepared(&format!("SET LOCAL statement_timeout = {}", at_most.as_millis())).await?;
    let rows = transaction.query_all_raw(statement).await;
    transaction.rollback().await?;
    Ok(rows?)
}

/// SQLite asks every so many steps whether to go on.
async fn on_sqlite(
    pool: DatabaseConnection,
    statement: Statement,
    at_most: Duration,
) -> Result<Vec<QueryResult>, DbError> {
    let mut connection = pool.get_sqlite_connection_pool().acquire().await.map_err(of_sqlx)?;
    Ok(limited(&mut connection, statement, at_most).await?)
}

async fn limited(
    connection: &mut SqliteConnection,
    statement: Statement,
    at_most: Duration,
) -> Result<Vec<QueryResult>, DbErr> {
    let until = Instant::now() + at_most;
    connection.lock_handle().await.map_err(of_sqlx)?.set_progress_handler(STEPS, move || Instant::now() < until);
    let answer = unlimited(connection, statement).await;
    connection.lock_handle().await.map_err(of_sqlx)?.remove_progress_handler();
    answer
}

async fn unlimited(connection: &mut SqliteConnection, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
    let mut query = sqlx::query(AssertSqlSafe(statement.sql));
    for value in statement.values.into_iter().flat_map(|values| values.0) {
        query = bound(query, value)?;
    }
    let rows = query.fetch_all(connection).await.map_err(of_sqlx)?;
    Ok(rows.into_iter().map(QueryResult::from).collect())
}

/// A look at a SQLite file that lasts, each of whose queries may take only so long.
#[derive(Debug)]
pub(crate) struct Held {
    transaction: Arc<Mutex<Transaction<'static, Sqlite>>>,
    at_most: Duration,
}

impl Held {
    /// Begins to look.
    ///
    /// # Errors
    /// No connection is free, or the database failed.
    pub(crate) async fn begin(pool: &DatabaseConnection, at_most: Duration) -> Result<Self, DbError> {
        let transaction = pool.get_sqlite_connection_pool().begin().await.map_err(of_sqlx)?;
        Ok(Self { transaction: Arc::new(Mutex::new(transaction)), at_most })
    }

    /// Runs a query, on a task of its own as above.
    pub(crate) async fn query_all(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        let (transaction, at_most) = (Arc::clone(&self.transaction), self.at_most);
        let query = async move { limited(&mut *transaction.lock().await, statement, at_most).await };
        tokio::spawn(query).await.map_err(|error| DbErr::Custom(error.to_string()))?
    }

    /// Gives the connection back.
    ///
    /// # Errors
    /// The database failed.
    pub(crate) async fn end(self) -> Result<(), DbError> {
        // Whoever still asks gives it back.
        let Some(transaction) = Arc::into_inner(self.transaction) else { return Ok(()) };
        Ok(transaction.into_inner().rollback().await.map_err(of_sqlx)?)
    }
}

fn bound(query: Query<'_, Sqlite, SqliteArguments>, value: Value) -> Result<Query<'_, Sqlite, SqliteArguments>, DbErr> {
    Ok(match value {
        Value::String(text) => query.bind(text),
        Value::BigInt(number) => query.bind(number),
        Value::BigUnsigned(number) => {
            query.bind(number.map(i64::try_from).transpose().map_err(|error| DbErr::Custom(error.to_string()))?)
        }
        Value::Bool(flag) => query.bind(flag),
        Value::Uuid(id) => query.bind(id),
        Value::ChronoDateTimeUtc(at) => query.bind(at),
        other => return Err(DbErr::Custom(format!("a parameter of a query that nobody binds: {other:?}"))),
    })
}

fn of_sqlx(error: sqlx::Error) -> DbErr {
    DbErr::Query(sea_orm::RuntimeErr::SqlxError(error.into()))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use sea_orm::{ConnectOptions, Database};

    use super::*;

    const AT_MOST: Duration = Duration::from_millis(300);

    /// Counts up to a number, which takes longer than anybody waits if it is large.
    fn count_to(number: u64) -> Statement {
        let sql = format!(
            "WITH RECURSIVE up(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM up LIMIT {number}) SELECT count(*) FROM up"
        );
        Statement::from_string(DbBackend::Sqlite, sql)
    }

    async fn one_connection() -> DatabaseConnection {
        let mut options = ConnectOptions::new("sqlite::memory:");
        options.max_connections(1).sqlx_logging(false);
        Database::connect(options).await.unwrap()
    }

    #[tokio::test]
    async fn what_takes_too_long_is_given_up_and_the_connection_goes_on() {
        let pool = one_connection().await;
        let forever = query_all(Conn::Pool(&pool, Duration::MAX), count_to(1 << 60), AT_MOST).await;
        assert!(matches!(forever, Err(DbError::TimedOut)), "{forever:?}");
        tokio::time::sleep(AT_MOST).await;
        assert_eq!(pool.query_all_raw(count_to(100_000)).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn a_look_that_lasts_gives_up_a_query_and_goes_on() {
        let pool = one_connection().await;
        let held = Held::begin(&pool, AT_MOST).await.unwrap();
        let forever: Result<_, DbError> = held.query_all(count_to(1 << 60)).await.map_err(Into::into);
        assert!(matches!(forever, Err(DbError::TimedOut)), "{forever:?}");
        assert_eq!(held.query_all(count_to(100_000)).await.unwrap().len(), 1);
        held.end().await.unwrap();
        assert_eq!(pool.query_all_raw(count_to(100_000)).await.unwrap().len(), 1);
    }

    #[tokio::test]
    async fn what_nobody_waits_for_leaves_the_connection_as_it_was() {
        let pool = one_connection().await;
        let left =
            tokio::time::timeout(AT_MOST / 3, query_all(Conn::Pool(&pool, Duration::MAX), count_to(1 << 60), AT_MOST))
                .await;
        assert!(left.is_err(), "{left:?}");
        tokio::time::sleep(AT_MOST).await;
        assert_eq!(pool.query_all_raw(count_to(100_000)).await.unwrap().len(), 1);
    }
}
