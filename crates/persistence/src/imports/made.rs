//! Which leads an import made, batch by batch, so that it can be taken back.

use leadwright_domain::ids::{Id, ImportId, LeadId};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};
use uuid::Uuid;

use super::Imports;
use crate::{DbError, entities::import_made as rows, scope::Begin};

/// The leads that a batch of an import made.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Made {
    /// The first row of the batch.
    pub position: u64,
    /// The leads.
    pub leads: Vec<LeadId>,
}

impl Imports<'_> {
    /// Remembers what a batch made.
    ///
    /// # Errors
    /// The database failed.
    pub async fn made(&self, import: ImportId, made: &Made) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(Uuid::now_v7()),
            import_id: Set(import.uuid()),
            position: Set(i64::try_from(made.position).map_err(DbError::corrupt)?),
            leads: Set(made.leads.iter().flat_map(|lead| lead.uuid().into_bytes()).collect()),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// What the next batch made that lies behind `after`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn next_made(&self, import: ImportId, after: Option<u64>) -> Result<Option<Made>, DbError> {
        let mut found = self.at.scope.find::<rows::Entity>().filter(rows::Column::ImportId.eq(import.uuid()));
        if let Some(after) = after {
            found = found.filter(rows::Column::Position.gt(i64::try_from(after).map_err(DbError::corrupt)?));
        }
        let Some(row) = found.order_by_asc(rows::Column::Position).one(&self.at.conn).await? else { return Ok(None) };
        let ids = row.leads.chunks(16).map(|bytes| Uuid::from_slice(bytes).map(Id::from_uuid));
        Ok(Some(Made {
            position: u64::try_from(row.position).map_err(DbError::corrupt)?,
            leads: ids.collect::<Result<_, _>>().map_err(DbError::corrupt)?,
        }))
    }
}
