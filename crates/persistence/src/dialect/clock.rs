//! The database's own clock, for leases: one clock for all nodes.

use sea_orm::DbBackend;

/// Milliseconds since 1970, as the database counts them at this moment.
pub(crate) const fn now_millis(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => "CAST(extract(epoch FROM clock_timestamp()) * 1000 AS bigint)",
        _ => "CAST((julianday('now') - 2440587.5) * 86400000 AS integer)",
    }
}

/// `FOR UPDATE … SKIP LOCKED` where there is more than one writer.
pub(crate) const fn skip_locked(backend: DbBackend) -> &'static str {
    match backend {
        DbBackend::Postgres => " FOR UPDATE SKIP LOCKED",
        _ => "",
    }
}
