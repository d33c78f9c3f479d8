//! Where a person may be named without being known: rows that were rejected, posts that made no lead, previews.

use leadwright_domain::{
    ids::{BulkActionId, Id, ImportId, LeadId, SubmissionId},
    time::Instant,
};
use sea_orm::DbBackend;
use serde_json::Value;
use uuid::Uuid;

use super::Erasures;
use crate::{DbError, dialect::lists};

/// A row that an import rejected.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldRow {
    /// Which.
    pub id: Uuid,
    /// The import.
    pub import: ImportId,
    /// The line on which it began.
    pub line: i64,
    /// What it says.
    pub cells: Value,
}

/// A post.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldPost {
    /// Which.
    pub id: SubmissionId,
    /// What it says.
    pub body: Vec<u8>,
    /// What came of it.
    pub outcome: Value,
    /// When it came.
    pub received_at: Instant,
    /// When it was taken in for the last time.
    pub taken_in_at: Instant,
}

/// What an import tells of its rows.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldImport {
    /// Which.
    pub id: ImportId,
    /// What it would do.
    pub preview: Option<Value>,
    /// What was mended on the way.
    pub warnings: Value,
}

/// What somebody ordered to be done with many leads.
#[derive(Clone, Debug, PartialEq)]
pub struct HeldOrder {
    /// Which bulk action.
    pub id: BulkActionId,
    /// What was to be done.
    pub action: Value,
    /// With which leads.
    pub selection: Value,
    /// The leads, where they are so few that they may be one person's.
    pub leads: Vec<LeadId>,
}

/// More leads than are erased at once are not one person's.
const MOST_OF_ONE: i64 = 100;

/// An id from which on everything is that was written since an hour before an instant: ids follow the time.
fn from(since: Option<Instant>) -> Uuid {
    let millis = since.map_or(0, |at| at.timestamp_millis().saturating_sub(3_600_000));
    uuid::Builder::from_unix_timestamp_millis(millis.clamp(0, (1 << 48) - 1).unsigned_abs(), &[0; 10]).into_uuid()
}

impl Erasures<'_> {
    /// Rejected rows behind one, of those that were written since an instant.
    ///
    /// # Errors
    /// The database failed.
    pub async fn rejected_after(
        &self,
        after: Option<Uuid>,
        since: Option<Instant>,
        limit: i64,
    ) -> Result<Vec<HeldRow>, DbError> {
        let sql = "SELECT id, import_id, line, cells FROM import_rejects WHERE organization_id = $1 AND id > $2 \
                   ORDER BY id LIMIT $3";
        let found = self.rows(sql, [after.unwrap_or_else(|| from(since)).into(), limit.into()]).await?;
        found.iter().map(to_row).collect()
    }

    /// Rejected rows by id.
    ///
    /// # Errors
    /// The database failed.
    pub async fn rejected(&self, ids: &[Uuid]) -> Result<Vec<HeldRow>, DbError> {
        let backend = self.at.backend();
        let sql = format!(
            "SELECT id, import_id, line, cells FROM import_rejects WHERE organization_id = $1 AND {} ORDER BY id",
            lists::id_in(backend, "id", "$2")
        );
        self.rows(&sql, [lists::ids(backend, ids.iter().copied())]).await?.iter().map(to_row).collect()
    }

    /// Posts in a state that no lead came of, behind one, of those that came since an instant.
    ///
    /// # Errors
    /// The database failed.
    pub async fn posts_after(
        &self,
        state: &'static str,
        after: Option<SubmissionId>,
        since: Option<Instant>,
        limit: i64,
    ) -> Result<Vec<HeldPost>, DbError> {
        let sql = "SELECT id, body, outcome, received_at, replayed_at FROM submissions WHERE organization_id = $1 \
                   AND state = $2 AND state <> 'created' AND state <> 'updated' AND lead_id IS NULL AND id > $3 \
                   ORDER BY id LIMIT $4";
        let after = after.map_or_else(|| from(since), Id::uuid);
        let found = self.rows(sql, [state.into(), after.into(), limit.into()]).await?;
        found.iter().map(to_post).collect()
    }

    /// The submissions of leads.
    ///
    /// # Errors
    /// The database failed.
    pub async fn posts_of(&self, leads: &[LeadId]) -> Result<Vec<SubmissionId>, DbError> {
        let backend = self.at.backend();
        let sql = format!(
            "SELECT id FROM submissions WHERE organization_id = $1 AND {} AND state <> 'erased' ORDER BY id",
            lists::id_in(backend, "lead_id", "$2")
        );
        let found = self.rows(&sql, [lists::ids(backend, leads.iter().map(|id| id.uuid()))]).await?;
        found.iter().map(|row| Ok(Id::from_uuid(row.try_get::<Uuid>("", "id")?))).collect()
    }

    /// Bulk actions behind one, of those that were ordered since an instant.
    ///
    /// # Errors
    /// The database failed.
    pub async fn orders_after(
        &self,
        after: Option<BulkActionId>,
        since: Option<Instant>,
        limit: i64,
    ) -> Result<Vec<HeldOrder>, DbError> {
        // Few leads make one part.
        let sql = "SELECT b.id AS id, b.action AS action, b.selection AS selection, p.leads AS leads FROM bulk_actions b \
                   LEFT JOIN bulk_parts p ON p.organization_id = b.organization_id AND p.bulk_id = b.id \
                   AND p.position = 0 AND length(p.leads) <= $4 \
                   WHERE b.organization_id = $1 AND b.id > $2 ORDER BY b.id LIMIT $3";
        let after = after.map_or_else(|| from(since), Id::uuid);
        let found = self.rows(sql, [after.into(), limit.into(), (16 * MOST_OF_ONE).into()]).await?;
        let read = |row: &sea_orm::QueryResult| {
            let id: Uuid = row.try_get("", "id")?;
            let (action, selection) = (row.try_get("", "action")?, row.try_get("", "selection")?);
            let leads: Option<Vec<u8>> = row.try_get("", "leads")?;
            let leads = leads.unwrap_or_default();
            let leads = leads.chunks(16).map(|bytes| Uuid::from_slice(bytes).map(Id::from_uuid));
            let leads = leads.collect::<Result<_, _>>().map_err(DbError::corrupt)?;
            Ok(HeldOrder { id: Id::from_uuid(id), action, selection, leads })
        };
        found.iter().map(read).collect()
    }

    /// Imports that tell of their rows, behind one; held until the transaction ends, if that is wanted.
    ///
    /// # Errors
    /// The database failed.
    pub async fn imports_after(
        &self,
        after: Option<ImportId>,
        limit: i64,
        hold: bool,
    ) -> Result<Vec<HeldImport>, DbError> {
        let hold = if hold && self.at.backend() == DbBackend::Postgres { " FOR UPDATE" } else { "" };
        let sql = format!(
            "SELECT id, preview, warnings FROM imports WHERE organization_id = $1 AND id > $2 \
             ORDER BY id LIMIT $3{hold}"
        );
        let found = self.rows(&sql, [after.map_or_else(Uuid::nil, Id::uuid).into(), limit.into()]).await?;
        let read = |row: &sea_orm::QueryResult| {
            let id: Uuid = row.try_get("", "id")?;
            let (preview, warnings) = (row.try_get("", "preview")?, row.try_get("", "warnings")?);
            Ok(HeldImport { id: Id::from_uuid(id), preview, warnings })
        };
        found.iter().map(read).collect()
    }

    /// Imports whose files are kept, because they are not over.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open_imports(&self) -> Result<Vec<ImportId>, DbError> {
        let sql = "SELECT i.id AS id FROM imports i WHERE i.organization_id = $1 AND EXISTS (SELECT 1 FROM import_chunks c \
                   WHERE c.organization_id = $1 AND c.import_id = i.id) ORDER BY i.id LIMIT 100";
        let found = self.rows(sql, []).await?;
        found.iter().map(|row| Ok(Id::from_uuid(row.try_get::<Uuid>("", "id")?))).collect()
    }
}

pub(super) fn to_post(row: &sea_orm::QueryResult) -> Result<HeldPost, DbError> {
    let (id, received_at): (Uuid, Instant) = (row.try_get("", "id")?, row.try_get("", "received_at")?);
    let replayed_at: Option<Instant> = row.try_get("", "replayed_at")?;
    Ok(HeldPost {
        id: Id::from_uuid(id),
        body: row.try_get("", "body")?,
        outcome: row.try_get("", "outcome")?,
        received_at,
        taken_in_at: replayed_at.unwrap_or(received_at),
    })
}

fn to_row(row: &sea_orm::QueryResult) -> Result<HeldRow, DbError> {
    let import: Uuid = row.try_get("", "import_id")?;
    Ok(HeldRow {
        id: row.try_get("", "id")?,
        import: Id::from_uuid(import),
        line: row.try_get("", "line")?,
        cells: row.try_get("", "cells")?,
    })
}
