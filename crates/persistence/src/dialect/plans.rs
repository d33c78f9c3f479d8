//! How PostgreSQL comes to a plan; SQLite has one for each statement.

use sea_orm::{ConnectionTrait, DbBackend};

use crate::{DbError, conn::Conn};

/// Has the next statements of a transaction planned for the tables as they are. A plan that is kept on the connection may be
/// from when the tables were nearly empty, which hardly matters for one key, but for hundreds in tables that grow all the
/// time.
pub(crate) async fn anew(conn: Conn<'_>) -> Result<(), DbError> {
    set(conn, "force_custom_plan").await
}

/// Goes on with the plans that are kept. What checks foreign keys would be planned for each row otherwise.
pub(crate) async fn as_usual(conn: Conn<'_>) -> Result<(), DbError> {
    set(conn, "auto").await
}

async fn set(conn: Conn<'_>, mode: &str) -> Result<(), DbError> {
    if matches!(conn, Conn::Tx(..)) && conn.get_database_backend() == DbBackend::Postgres {
        conn.execute_unprepared(&format!("SET LOCAL plan_cache_mode = {mode}")).await?;
    }
    Ok(())
}
