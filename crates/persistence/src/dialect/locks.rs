//! Locks by key on PostgreSQL; on SQLite the one immediate writer is the lock.

use std::hash::Hasher;

use leadwright_migrations::{Migrator, MigratorTrait};
use sea_orm::{
    ConnectionTrait, DatabaseConnection, DbBackend, Statement, TransactionTrait, Value, sea_query::ArrayType,
};
use uuid::Uuid;

use crate::{DbError, conn::Conn};

/// How many keys are locked one by one. Whoever needs more locks all keys of the organization at once instead: PostgreSQL
/// has room for some thousands of locks, which all transactions share.
const MOST_ONE_BY_ONE: usize = 300;

/// Takes the locks of identity keys in ascending order, so that two transactions never wait for each other in a circle.
/// Through the organization's row, so that a sharded database takes them on the shard where the organization lives.
///
/// A transaction that calls this more than once begins with the most keys: nobody can go from some to all.
pub(crate) async fn identity_keys(
    conn: Conn<'_>,
    organization: Uuid,
    keys: &[(&'static str, &str)],
) -> Result<(), DbError> {
    if conn.get_database_backend() != DbBackend::Postgres || keys.is_empty() {
        return Ok(());
    }
    let mut numbers: Vec<i64> = keys.iter().map(|(kind, key)| lock_number(organization, kind, key)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let every_key = lock_number(organization, "every key", "");
    let sql = if numbers.len() > MOST_ONE_BY_ONE {
        numbers.clear();
        "SELECT pg_advisory_xact_lock($3) FROM organizations o WHERE o.id = $1 AND cardinality($2::bigint[]) = 0"
    } else {
        "SELECT pg_advisory_xact_lock(k) FROM (SELECT k FROM organizations o, pg_advisory_xact_lock_shared($3) s, \
         unnest($2::bigint[]) k WHERE o.id = $1 ORDER BY k OFFSET 0) x"
    };
    let expected = numbers.len().max(1);
    let array = Value::Array(ArrayType::BigInt, Some(Box::new(numbers.into_iter().map(Value::from).collect())));
    let values = [organization.into(), array, every_key.into()];
    let rows = conn.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    if rows.len() == expected { Ok(()) } else { Err(DbError::Other("not every identity lock was taken".to_owned())) }
}

/// Tries to take one lock; `false` where another transaction holds it. Always `true` on SQLite, where the writer is alone.
pub(crate) async fn try_key(
    conn: Conn<'_>,
    organization: Uuid,
    kind: &'static str,
    key: &str,
) -> Result<bool, DbError> {
    if conn.get_database_backend() != DbBackend::Postgres {
        return Ok(true);
    }
    let sql = "SELECT pg_try_advisory_xact_lock($2) AS taken FROM organizations o WHERE o.id = $1";
    let number = lock_number(organization, kind, key);
    let row = conn
        .query_one_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, [organization.into(), number.into()]))
        .await?
        .ok_or_else(|| DbError::Other("no organization to lock in".to_owned()))?;
    Ok(row.try_get("", "taken")?)
}

/// Waits for locks in ascending order. Once in a transaction, before any identity key, so that nobody waits in a circle.
pub(crate) async fn wait_keys(
    conn: Conn<'_>,
    organization: Uuid,
    kind: &'static str,
    keys: &[String],
) -> Result<(), DbError> {
    if conn.get_database_backend() != DbBackend::Postgres || keys.is_empty() {
        return Ok(());
    }
    let mut numbers: Vec<i64> = keys.iter().map(|key| lock_number(organization, kind, key)).collect();
    numbers.sort_unstable();
    numbers.dedup();
    let expected = numbers.len();
    let sql = "SELECT pg_advisory_xact_lock(k) FROM (SELECT k FROM organizations o, unnest($2::bigint[]) k \
               WHERE o.id = $1 ORDER BY k OFFSET 0) x";
    let array = Value::Array(ArrayType::BigInt, Some(Box::new(numbers.into_iter().map(Value::from).collect())));
    let values = [organization.into(), array];
    let rows = conn.query_all_raw(Statement::from_sql_and_values(DbBackend::Postgres, sql, values)).await?;
    if rows.len() == expected { Ok(()) } else { Err(DbError::Other("not every lock was taken".to_owned())) }
}

/// Runs the migrations while no other node does.
pub(crate) async fn migrate_alone(writer: &DatabaseConnection) -> Result<(), DbError> {
    // The lock belongs to a transaction of its own connection, so that it goes with it whatever happens.
    let guard = writer.begin().await?;
    guard.execute_unprepared("SELECT pg_advisory_xact_lock(7166460017012431)").await?;
    Migrator::up(writer, None).await?;
    guard.commit().await?;
    Ok(())
}

/// A stable 64-bit number of a key within an organization. A collision makes two keys wait for each other, no more.
fn lock_number(organization: Uuid, kind: &str, key: &str) -> i64 {
    // FNV-1a, because it must be the same on every node and in every release.
    struct Fnv(u64);
    impl Hasher for Fnv {
        fn finish(&self) -> u64 {
            self.0
        }
        fn write(&mut self, bytes: &[u8]) {
            for byte in bytes {
                self.0 = (self.0 ^ u64::from(*byte)).wrapping_mul(0x0000_0100_0000_01b3);
            }
        }
    }
    let mut hash = Fnv(0xcbf2_9ce4_8422_2325);
    hash.write(organization.as_bytes());
    hash.write(kind.as_bytes());
    hash.write(&[0]);
    hash.write(key.as_bytes());
    i64::from_ne_bytes(hash.finish().to_ne_bytes())
}
