//! The rows that could not be taken, as they came, with the reasons.

use leadwright_domain::{fault::Fault, ids::ImportId};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::{Value, json};
use uuid::Uuid;

use super::Imports;
use crate::{DbError, bulk, entities::import_rejects as rows, scope::Begin};

/// A row that could not be taken.
#[derive(Clone, Debug, PartialEq)]
pub struct Reject {
    /// Which row it was, from 0, the headings not counted.
    pub position: u64,
    /// The line on which it begins.
    pub line: u64,
    /// The cells as they came.
    pub cells: Vec<Value>,
    /// What is wrong with it.
    pub reasons: Vec<Fault>,
}

impl Imports<'_> {
    /// Keeps rows that could not be taken.
    ///
    /// # Errors
    /// The database failed.
    pub async fn reject(&self, import: ImportId, rejects: &[Reject]) -> Result<(), DbError> {
        let row = |reject: &Reject| -> Result<rows::ActiveModel, DbError> {
            Ok(rows::ActiveModel {
                organization_id: Set(self.at.organization()),
                id: Set(Uuid::now_v7()),
                import_id: Set(import.uuid()),
                position: Set(i64::try_from(reject.position).map_err(DbError::corrupt)?),
                line: Set(i64::try_from(reject.line).map_err(DbError::corrupt)?),
                cells: Set(json!(reject.cells)),
                reasons: Set(json!(reject.reasons)),
            })
        };
        let kept: Vec<_> = rejects.iter().map(row).collect::<Result<_, _>>()?;
        bulk::insert::<rows::Entity>(self.at.conn, kept).await
    }

    /// Rejected rows behind `after`, in the order of the file.
    ///
    /// # Errors
    /// The database failed.
    pub async fn rejects(&self, import: ImportId, after: Option<u64>, limit: u64) -> Result<Vec<Reject>, DbError> {
        let mut found = self.at.scope.find::<rows::Entity>().filter(rows::Column::ImportId.eq(import.uuid()));
        if let Some(after) = after {
            found = found.filter(rows::Column::Position.gt(i64::try_from(after).map_err(DbError::corrupt)?));
        }
        let found = found.order_by_asc(rows::Column::Position).limit(limit).all(&self.at.conn).await?;
        found.into_iter().map(to_reject).collect()
    }
}

fn to_reject(row: rows::Model) -> Result<Reject, DbError> {
    Ok(Reject {
        position: u64::try_from(row.position).map_err(DbError::corrupt)?,
        line: u64::try_from(row.line).map_err(DbError::corrupt)?,
        cells: serde_json::from_value(row.cells).map_err(DbError::corrupt)?,
        reasons: serde_json::from_value(row.reasons).map_err(DbError::corrupt)?,
    })
}
