//! Taking leads out for good: what an import made by mistake.

use leadwright_domain::ids::{Id, ImportId, LeadId};
use sea_orm::{ConnectionTrait, DbBackend, Statement};
use uuid::Uuid;

use super::Leads;
use crate::{DbError, dialect::lists};

/// What happens to a lead without anybody working on it.
const BY_ITSELF: &str = "'lead.created', 'lead.scored', 'lead.duplicate_suspected'";

impl Leads<'_> {
    /// Locks those of some leads to which nothing has happened since an import made them but by that import: nobody
    /// changed or moved them, no interaction, no submission and no other lead has joined them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn lock_untouched(&self, ids: &[LeadId], import: ImportId) -> Result<Vec<LeadId>, DbError> {
        let backend = self.at.backend();
        let lock = if backend == DbBackend::Postgres { " FOR UPDATE OF l" } else { "" };
        let sql = format!(
            "SELECT l.id AS id FROM leads l WHERE l.organization_id = $1 AND {} AND l.merged_into IS NULL \
             AND NOT EXISTS (SELECT 1 FROM events e WHERE e.organization_id = $1 AND e.lead_id = l.id \
             AND e.kind NOT IN ({BY_ITSELF}) AND coalesce(e.data ->> 'import_id', '') <> $3) \
             AND NOT EXISTS (SELECT 1 FROM interactions i WHERE i.organization_id = $1 AND i.lead_id = l.id) \
             AND NOT EXISTS (SELECT 1 FROM submissions s WHERE s.organization_id = $1 AND s.lead_id = l.id) \
             ORDER BY l.id{lock}",
            lists::id_in(backend, "l.id", "$2"),
        );
        let wanted = lists::ids(backend, ids.iter().map(|id| id.uuid()));
        let values = [self.at.organization().into(), wanted, import.to_string().into()];
        let rows = self.at.conn.query_all_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        rows.iter().map(|row| Ok(Id::from_uuid(row.try_get::<Uuid>("", "id")?))).collect()
    }

    /// Takes leads out with all that is stored beside them. Their events stay in the log.
    ///
    /// # Errors
    /// The database failed.
    pub async fn remove(&self, ids: &[LeadId]) -> Result<(), DbError> {
        let backend = self.at.backend();
        let search = "DELETE FROM lead_search WHERE rowid IN (SELECT row_id FROM lead_search_rows \
                      WHERE organization_id = $1 AND {in})";
        let statements = [
            ("lead_id", "DELETE FROM lead_external_ids WHERE organization_id = $1 AND {in}", false),
            ("lead_id", search, true),
            ("lead_id", "DELETE FROM lead_search_rows WHERE organization_id = $1 AND {in}", true),
            ("id", "DELETE FROM lead_match_keys WHERE organization_id = $1 AND {in}", false),
            ("lead_id", "DELETE FROM duplicate_pairs WHERE organization_id = $1 AND {in}", false),
            ("other_id", "DELETE FROM duplicate_pairs WHERE organization_id = $1 AND {in}", false),
            ("lead_id", "DELETE FROM suggestions WHERE organization_id = $1 AND {in}", false),
            ("id", "DELETE FROM leads WHERE organization_id = $1 AND {in}", false),
        ];
        for (column, sql, only_sqlite) in statements {
            if only_sqlite && backend == DbBackend::Postgres {
                continue;
            }
            let sql = sql.replace("{in}", &lists::id_in(backend, column, "$2"));
            let values = [self.at.organization().into(), lists::ids(backend, ids.iter().map(|id| id.uuid()))];
            self.at.conn.execute_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        }
        Ok(())
    }
}
