//! Tombstones: marks under keys of the organization's own, from which nobody learns who was erased.

use leadwright_domain::ids::{ErasureId, Id};
use sea_orm::{ActiveValue::Set, QueryOrder};
use uuid::Uuid;

use super::Erasures;
use crate::{
    DbError, bulk,
    dialect::lists,
    entities::{tombstone_keys as keys, tombstones as rows},
    scope::Begin,
};

/// A key under which marks are made, sealed with the installation's secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SealedKey {
    /// Which.
    pub id: Uuid,
    /// The key.
    pub sealed: Vec<u8>,
}

impl Erasures<'_> {
    /// The keys of the organization, newest first: none where nobody was erased yet.
    ///
    /// # Errors
    /// The database failed.
    pub async fn keys(&self) -> Result<Vec<SealedKey>, DbError> {
        let found = self.at.scope.find::<keys::Entity>().order_by_desc(keys::Column::Id).all(&self.at.conn).await?;
        Ok(found.into_iter().map(|row| SealedKey { id: row.id, sealed: row.sealed_key }).collect())
    }

    /// Writes a key.
    ///
    /// # Errors
    /// The database failed.
    pub async fn add_key(&self, key: &SealedKey) -> Result<(), DbError> {
        let row = keys::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(key.id),
            sealed_key: Set(key.sealed.clone()),
            created_at: Set(self.at.now),
        };
        self.at.scope.insert::<keys::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Puts tombstones up, each a kind and a mark; answers how many are new.
    ///
    /// # Errors
    /// The database failed.
    pub async fn bury(&self, erasure: ErasureId, marks: &[(&'static str, String)]) -> Result<u64, DbError> {
        let row = |(kind, mark): &(&'static str, String)| rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(Uuid::now_v7()),
            erasure_id: Set(erasure.uuid()),
            kind: Set((*kind).to_owned()),
            mark: Set(mark.clone()),
            created_at: Set(self.at.now),
        };
        let mut sorted: Vec<_> = marks.iter().collect();
        sorted.sort_unstable();
        sorted.dedup();
        let rows = sorted.into_iter().map(row).collect();
        bulk::upsert::<rows::Entity>(self.at.conn, rows, "ON CONFLICT (organization_id, mark) DO NOTHING").await
    }

    /// Those of some marks that a tombstone bears, and the erasure that put it up: one statement, however many.
    ///
    /// # Errors
    /// The database failed.
    pub async fn buried(&self, marks: &[String]) -> Result<Vec<(String, ErasureId)>, DbError> {
        if marks.is_empty() {
            return Ok(Vec::new());
        }
        let backend = self.at.backend();
        let sql = format!(
            "SELECT mark, erasure_id FROM tombstones WHERE organization_id = $1 AND {}",
            lists::text_in(backend, "mark", "$2")
        );
        let found = self.rows(&sql, [lists::texts(backend, marks.iter().map(String::as_str))]).await?;
        let read = |row: &sea_orm::QueryResult| {
            let (mark, erasure): (String, Uuid) = (row.try_get("", "mark")?, row.try_get("", "erasure_id")?);
            Ok((mark, Id::from_uuid(erasure)))
        };
        found.iter().map(read).collect()
    }
}
