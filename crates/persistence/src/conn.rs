//! A connection, seen through a scope.

use std::{future::Future, time::Duration};

use leadwright_domain::{access::Scope, time::Instant};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DatabaseTransaction, DbBackend, DbErr, ExecResult, QueryResult, RuntimeErr,
    Statement, prelude::async_trait,
};

use crate::dialect::patience::Held;

/// A pooled connection or an open transaction, and how long to wait for an answer; or a look at a SQLite file that lasts.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Conn<'a> {
    Pool(&'a DatabaseConnection, Duration),
    Tx(&'a DatabaseTransaction, Duration),
    Held(&'a Held),
}

/// Waits for an answer of the database. PostgreSQL gives statements up by itself; where nothing is heard for longer, the
/// way there is broken, which the operating system would notice after a quarter of an hour.
pub(crate) async fn heard<T, E: From<DbErr>>(
    within: Duration,
    answer: impl Future<Output = Result<T, E>>,
) -> Result<T, E> {
    let silent = || DbErr::Conn(RuntimeErr::Internal("the database does not answer".to_owned()));
    tokio::time::timeout(within, answer).await.unwrap_or_else(|_| Err(silent().into()))
}

#[async_trait::async_trait]
impl ConnectionTrait for Conn<'_> {
    fn get_database_backend(&self) -> DbBackend {
        match self {
            Self::Pool(pool, _) => pool.get_database_backend(),
            Self::Tx(tx, _) => tx.get_database_backend(),
            Self::Held(_) => DbBackend::Sqlite,
        }
    }

    async fn execute_raw(&self, statement: Statement) -> Result<ExecResult, DbErr> {
        match self {
            Self::Pool(pool, within) => heard(*within, pool.execute_raw(statement)).await,
            Self::Tx(tx, within) => heard(*within, tx.execute_raw(statement)).await,
            Self::Held(_) => Err(only_looked_at()),
        }
    }

    async fn execute_unprepared(&self, sql: &str) -> Result<ExecResult, DbErr> {
        match self {
            Self::Pool(pool, within) => heard(*within, pool.execute_unprepared(sql)).await,
            Self::Tx(tx, within) => heard(*within, tx.execute_unprepared(sql)).await,
            Self::Held(_) => Err(only_looked_at()),
        }
    }

    async fn query_one_raw(&self, statement: Statement) -> Result<Option<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool, within) => heard(*within, pool.query_one_raw(statement)).await,
            Self::Tx(tx, within) => heard(*within, tx.query_one_raw(statement)).await,
            Self::Held(held) => Ok(held.query_all(statement).await?.into_iter().next()),
        }
    }

    async fn query_all_raw(&self, statement: Statement) -> Result<Vec<QueryResult>, DbErr> {
        match self {
            Self::Pool(pool, within) => heard(*within, pool.query_all_raw(statement)).await,
            Self::Tx(tx, within) => heard(*within, tx.query_all_raw(statement)).await,
            Self::Held(held) => held.query_all(statement).await,
        }
    }
}

fn only_looked_at() -> DbErr {
    DbErr::Custom("a snapshot is only looked at".to_owned())
}

/// What every repository is made from: a connection and the scope that limits it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Scoped<'a> {
    pub(crate) conn: Conn<'a>,
    pub(crate) scope: &'a Scope,
    pub(crate) now: Instant,
}

impl Scoped<'_> {
    pub(crate) fn backend(&self) -> DbBackend {
        self.conn.get_database_backend()
    }

    pub(crate) fn organization(&self) -> uuid::Uuid {
        self.scope.organization.uuid()
    }
}

/// Reads what a scope may see, on a read-only connection.
#[derive(Clone, Debug)]
pub struct Reader {
    pub(crate) pool: DatabaseConnection,
    pub(crate) patience: Duration,
    pub(crate) scope: Scope,
    pub(crate) now: Instant,
}

impl Reader {
    /// What limits this reader.
    pub const fn scope(&self) -> &Scope {
        &self.scope
    }

    /// The time that conditions and decisions are asked for.
    pub const fn now(&self) -> Instant {
        self.now
    }
}

/// What repositories can be made from: a [`Reader`] or a [`crate::Tx`].
pub(crate) mod within {
    use super::{Conn, Reader, Scoped};
    use crate::Tx;

    pub trait Sealed {
        #[doc(hidden)]
        #[allow(private_interfaces)]
        fn scoped(&self) -> Scoped<'_>;
    }

    impl Sealed for Reader {
        #[allow(private_interfaces)]
        fn scoped(&self) -> Scoped<'_> {
            Scoped { conn: Conn::Pool(&self.pool, self.patience), scope: &self.scope, now: self.now }
        }
    }

    impl Sealed for Tx {
        #[allow(private_interfaces)]
        fn scoped(&self) -> Scoped<'_> {
            Scoped { conn: Conn::Tx(self.connection(), self.patience()), scope: self.scope(), now: self.now() }
        }
    }
}

/// Declares a repository: made from a [`Reader`] for queries, from a [`crate::Tx`] for commands.
macro_rules! repository {
    ($(#[$doc:meta])* $name:ident, $method:ident) => {
        $(#[$doc])*
        #[derive(Clone, Copy, Debug)]
        pub struct $name<'a> {
            #[allow(dead_code)]
            pub(crate) at: $crate::conn::Scoped<'a>,
        }

        impl $crate::Reader {
            $(#[$doc])*
            pub fn $method(&self) -> $name<'_> {
                $name { at: $crate::conn::within::Sealed::scoped(self) }
            }
        }

        impl $crate::Tx {
            $(#[$doc])*
            pub fn $method(&self) -> $name<'_> {
                $name { at: $crate::conn::within::Sealed::scoped(self) }
            }
        }
    };
}
pub(crate) use repository;
