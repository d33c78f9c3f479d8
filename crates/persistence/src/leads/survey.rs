//! Going through all leads, one part after the other.

use leadwright_domain::ids::{Id, LeadId};
use sea_orm::{ColumnTrait, PaginatorTrait, QueryFilter, QueryOrder, QuerySelect};
use uuid::Uuid;

use super::Leads;
use crate::{DbError, entities::leads, scope::Begin};

impl Leads<'_> {
    /// The organization's leads that are neither archived nor merged, by their ids, from behind one.
    ///
    /// # Errors
    /// The database failed.
    pub async fn there_after(&self, after: Option<LeadId>, limit: u64) -> Result<Vec<LeadId>, DbError> {
        let mut found = self.at.scope.find::<leads::Entity>().select_only().column(leads::Column::Id);
        found = found.filter(leads::Column::ArchivedAt.is_null()).filter(leads::Column::MergedInto.is_null());
        if let Some(after) = after {
            found = found.filter(leads::Column::Id.gt(after.uuid()));
        }
        let found = found.order_by_asc(leads::Column::Id).limit(limit);
        let ids: Vec<Uuid> = found.into_tuple().all(&self.at.conn).await?;
        Ok(ids.into_iter().map(Id::from_uuid).collect())
    }

    /// How many leads of the organization are neither archived nor merged.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count_there(&self) -> Result<u64, DbError> {
        let found = self.at.scope.find::<leads::Entity>().filter(leads::Column::ArchivedAt.is_null());
        Ok(found.filter(leads::Column::MergedInto.is_null()).count(&self.at.conn).await?)
    }

    /// The versions of leads, whoever may see them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn versions(&self, ids: &[LeadId]) -> Result<Vec<(LeadId, i64)>, DbError> {
        let found = self.at.scope.find::<leads::Entity>().select_only();
        let found = found.columns([leads::Column::Id, leads::Column::Version]);
        let found = found.filter(leads::Column::Id.is_in(ids.iter().map(|id| id.uuid())));
        let rows: Vec<(Uuid, i64)> = found.into_tuple().all(&self.at.conn).await?;
        Ok(rows.into_iter().map(|(id, version)| (Id::from_uuid(id), version)).collect())
    }
}
