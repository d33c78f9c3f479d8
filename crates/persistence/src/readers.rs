//! Positions of those who read the event log: what they do and how far they are commit together.

use leadwright_domain::ids::{Id, OrganizationId};
use sea_orm::{ConnectionTrait, Statement, Value};
use uuid::Uuid;

use crate::{Db, DbError, conn::repository, dialect::clock};

repository!(
    /// How far readers of the organization's log are.
    Readers,
    readers
);

/// How long a process that reads keeps others from doing the same work, in milliseconds.
const LEASE_MILLIS: i64 = 30_000;

impl Readers<'_> {
    /// How far a reader is; `None` while another process than `token` is at it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn position(&self, reader: &'static str, token: Uuid) -> Result<Option<i64>, DbError> {
        let now = clock::now_millis(self.at.backend());
        let sql = format!(
            "SELECT pos, CASE WHEN lease_token IS NOT NULL AND lease_token <> $3 AND lease_until >= {now} \
             THEN 1 ELSE 0 END AS taken FROM event_readers WHERE organization_id = $1 AND reader = $2"
        );
        let values: [Value; 3] = [self.at.organization().into(), reader.into(), token.into()];
        let row = self.at.conn.query_one_raw(Statement::from_sql_and_values(self.at.backend(), sql, values)).await?;
        let Some(row) = row else { return Ok(Some(0)) };
        let taken: i32 = row.try_get("", "taken")?;
        Ok(if taken == 0 { Some(row.try_get("", "pos")?) } else { None })
    }

    /// Moves a reader on, from where it was, and keeps others away for a while. `false` where somebody else has moved it:
    /// the transaction must not write anything then.
    ///
    /// # Errors
    /// The database failed.
    pub async fn advance(&self, reader: &'static str, token: Uuid, from: i64, to: i64) -> Result<bool, DbError> {
        let backend = self.at.backend();
        if from == 0 {
            let sql = "INSERT INTO event_readers (organization_id, id, reader, pos) VALUES ($1, $2, $3, 0) \
                       ON CONFLICT (organization_id, reader) DO NOTHING";
            let values: [Value; 3] = [self.at.organization().into(), Uuid::now_v7().into(), reader.into()];
            self.at.conn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        }
        let now = clock::now_millis(backend);
        let sql = format!(
            "UPDATE event_readers SET pos = $5, lease_token = $3, lease_until = {now} + {LEASE_MILLIS} \
             WHERE organization_id = $1 AND reader = $2 AND pos = $4 \
             AND (lease_token IS NULL OR lease_token = $3 OR lease_until < {now})"
        );
        let values: [Value; 5] = [self.at.organization().into(), reader.into(), token.into(), from.into(), to.into()];
        let done = self.at.conn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        Ok(done.rows_affected() == 1)
    }
}

impl Db {
    /// The organizations in whose log a reader has not read everything.
    ///
    /// # Errors
    /// The database failed.
    pub async fn organizations_behind(&self, reader: &'static str) -> Result<Vec<OrganizationId>, DbError> {
        let pool = self.reader_pool();
        let sql = "SELECT h.organization_id FROM event_heads h LEFT JOIN event_readers r \
                   ON r.organization_id = h.organization_id AND r.reader = $1 \
                   WHERE h.last > coalesce(r.pos, 0) ORDER BY h.organization_id";
        let statement = Statement::from_sql_and_values(pool.get_database_backend(), sql, [reader.into()]);
        let rows = pool.query_all_raw(statement).await?;
        let id = |row: &sea_orm::QueryResult| Ok(Id::from_uuid(row.try_get::<Uuid>("", "organization_id")?));
        rows.iter().map(id).collect()
    }
}
