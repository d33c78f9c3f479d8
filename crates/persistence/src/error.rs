//! What can go wrong with a database, and with a command.

use leadwright_domain::fault::Refusal;
use sea_orm::{DbErr, RuntimeErr, SqlErr};
use thiserror::Error;

/// A statement failed.
#[derive(Debug, Error)]
pub enum DbError {
    /// A unique constraint; holds its name (PostgreSQL) or its columns as `table.column, …` (SQLite).
    #[error("unique constraint {0}")]
    Unique(String),
    /// A foreign key.
    #[error("foreign key: {0}")]
    ForeignKey(String),
    /// The transaction lost a race and may be run again.
    #[error("conflict with another transaction: {0}")]
    Retry(String),
    /// The statement took longer than it may.
    #[error("statement timed out")]
    TimedOut,
    /// The database can't be reached or has no room; try later.
    #[error("database unavailable: {0}")]
    Unavailable(String),
    /// What is stored can't be read as what it should be.
    #[error("stored value unreadable: {0}")]
    Corrupt(String),
    /// Anything else.
    #[error("database error: {0}")]
    Other(String),
}

impl DbError {
    /// Whether this is the unique constraint of that name (PostgreSQL) over that last column (SQLite).
    pub fn violates(&self, constraint: &str, column: &str) -> bool {
        matches!(self, Self::Unique(name) if name == constraint || name.ends_with(column))
    }

    /// Whether running the command again may help.
    pub const fn is_retryable(&self) -> bool {
        matches!(self, Self::Retry(_))
    }

    /// A stored value that can't be read.
    pub fn corrupt(what: impl std::fmt::Display) -> Self {
        Self::Corrupt(what.to_string())
    }
}

impl From<DbErr> for DbError {
    fn from(error: DbErr) -> Self {
        if let DbErr::ConnectionAcquire(_) | DbErr::Conn(_) = &error {
            return Self::Unavailable(error.to_string());
        }
        if let DbErr::Exec(RuntimeErr::SqlxError(inner)) | DbErr::Query(RuntimeErr::SqlxError(inner)) = &error
            && let Some(known) = of_sqlx(inner)
        {
            return known;
        }
        match error.sql_err() {
            Some(SqlErr::UniqueConstraintViolation(text)) => Self::Unique(text),
            Some(SqlErr::ForeignKeyConstraintViolation(text)) => Self::ForeignKey(text),
            _ => Self::Other(error.to_string()),
        }
    }
}

fn of_sqlx(error: &sqlx::Error) -> Option<DbError> {
    let database = match error {
        sqlx::Error::Database(database) => database,
        sqlx::Error::PoolTimedOut | sqlx::Error::PoolClosed | sqlx::Error::Io(_) | sqlx::Error::WorkerCrashed => {
            return Some(DbError::Unavailable(error.to_string()));
        }
        _ => return None,
    };
    let code = database.code().unwrap_or_default();
    let text = database.message().to_owned();
    if database.is_unique_violation() {
        let columns = || text.split_once(": ").map_or(text.clone(), |(_, columns)| columns.to_owned());
        return Some(DbError::Unique(database.constraint().map_or_else(columns, ToOwned::to_owned)));
    }
    match code.as_ref() {
        // PostgreSQL: serialization failure, deadlock, lock not available. SQLite: busy, locked and their kin.
        "40001" | "40P01" | "55P03" | "5" | "6" | "261" | "262" | "517" => Some(DbError::Retry(text)),
        // Of SQLite: interrupted.
        "57014" | "9" => Some(DbError::TimedOut),
        // PostgreSQL: connection lost, out of resources, shutting down. SQLite: I/O error, full.
        "53100" | "53200" | "53300" | "57P01" | "57P02" | "57P03" | "08006" | "08003" | "25006" | "10" | "13" => {
            Some(DbError::Unavailable(text))
        }
        _ if database.is_foreign_key_violation() => Some(DbError::ForeignKey(text)),
        _ => None,
    }
}

/// A command did not happen.
#[derive(Debug, Error)]
pub enum CommandError {
    /// It may not, and the caller can do something about it.
    #[error("refused: {}", .0.detail)]
    Refused(Box<Refusal>),
    /// The database failed.
    #[error(transparent)]
    Db(#[from] DbError),
}

impl CommandError {
    /// Whether the database can't be written at the moment, whatever is written.
    pub const fn is_away(&self) -> bool {
        matches!(self, Self::Db(DbError::Unavailable(_) | DbError::Retry(_) | DbError::TimedOut))
    }
}

impl From<Refusal> for CommandError {
    fn from(refusal: Refusal) -> Self {
        Self::Refused(Box::new(refusal))
    }
}

impl From<DbErr> for CommandError {
    fn from(error: DbErr) -> Self {
        Self::Db(error.into())
    }
}
