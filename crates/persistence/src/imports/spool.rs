//! The file of an import in compressed parts: written while it arrives, read while it is worked on, on any node.

use leadwright_domain::{ids::ImportId, time::Instant};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, QueryFilter, QuerySelect, Statement};
use uuid::{NoContext, Timestamp, Uuid};

use super::Imports;
use crate::{DbError, entities::import_chunks as chunks, scope::Begin};

impl Imports<'_> {
    /// Keeps one part of a file.
    ///
    /// # Errors
    /// The database failed.
    pub async fn spool(&self, import: ImportId, id: Uuid, position: u64, data: &[u8]) -> Result<(), DbError> {
        let row = chunks::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(id),
            import_id: Set(import.uuid()),
            position: Set(i64::try_from(position).map_err(DbError::corrupt)?),
            data: Set(data.to_vec()),
        };
        self.at.scope.insert::<chunks::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// One part of a file; `None` where it is not kept, or no longer.
    ///
    /// # Errors
    /// The database failed.
    pub async fn chunk(&self, import: ImportId, position: u64) -> Result<Option<Vec<u8>>, DbError> {
        let found = self
            .at
            .scope
            .find::<chunks::Entity>()
            .select_only()
            .column(chunks::Column::Data)
            .filter(chunks::Column::ImportId.eq(import.uuid()))
            .filter(chunks::Column::Position.eq(i64::try_from(position).map_err(DbError::corrupt)?));
        Ok(found.into_tuple::<Vec<u8>>().one(&self.at.conn).await?)
    }

    /// Throws a file away.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_file(&self, import: ImportId) -> Result<(), DbError> {
        let kept = self.at.scope.delete::<chunks::Entity>().filter(chunks::Column::ImportId.eq(import.uuid()));
        kept.exec(&self.at.conn).await?;
        Ok(())
    }

    /// Throws away what was sent before `before` and never became an import: the sender went away. Answers how many
    /// parts.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_broken_off(&self, before: Instant) -> Result<u64, DbError> {
        let seconds = u64::try_from(before.timestamp()).unwrap_or(0);
        // Ids begin with the time at which they were made.
        let oldest = Uuid::new_v7(Timestamp::from_unix(NoContext, seconds, 0));
        let sql = "DELETE FROM import_chunks WHERE organization_id = $1 AND import_id < $2 AND NOT EXISTS (\
                   SELECT 1 FROM imports WHERE imports.organization_id = $1 AND imports.id = import_chunks.import_id)";
        let values = [self.at.organization().into(), oldest.into()];
        let done = self.at.conn.execute_raw(Statement::from_sql_and_values(self.at.backend(), sql, values)).await?;
        Ok(done.rows_affected())
    }
}
