//! Whose posts the organization does not want.

use leadwright_domain::{
    capture::{BlockEntry, BlockKind},
    ids::{BlockEntryId, Id},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder};

use crate::{DbError, conn::repository, entities::block_list as rows, scope::Begin};

repository!(
    /// The organization's block list.
    Blocked,
    blocked
);

impl Blocked<'_> {
    /// All entries, oldest first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn all(&self) -> Result<Vec<BlockEntry>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().order_by_asc(rows::Column::Id).all(&self.at.conn).await?;
        found.into_iter().map(to_entry).collect()
    }

    /// Writes a new entry.
    ///
    /// # Errors
    /// It is there already ([`DbError::Unique`]), or the database failed.
    pub async fn insert(&self, entry: &BlockEntry) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(entry.id.uuid()),
            kind: Set(entry.kind.as_str().to_owned()),
            value: Set(entry.value.clone()),
            note: Set(entry.note.clone()),
            created_at: Set(entry.created_at),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Takes an entry out; `false` when there is none.
    ///
    /// # Errors
    /// The database failed.
    pub async fn delete(&self, id: BlockEntryId) -> Result<bool, DbError> {
        let gone = self.at.scope.delete::<rows::Entity>().filter(rows::Column::Id.eq(id.uuid()));
        Ok(gone.exec(&self.at.conn).await?.rows_affected == 1)
    }
}

fn to_entry(row: rows::Model) -> Result<BlockEntry, DbError> {
    Ok(BlockEntry {
        id: Id::from_uuid(row.id),
        kind: BlockKind::parse(&row.kind).ok_or_else(|| DbError::corrupt("kind of a block list entry"))?,
        value: row.value,
        note: row.note,
        created_at: row.created_at,
    })
}
