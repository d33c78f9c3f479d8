//! The erasures themselves.

use leadwright_domain::{
    ids::{ErasureId, Id, LeadId},
    privacy::{Erasure, ErasureReason},
    time::Instant,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, ConnectionTrait, QueryFilter, QueryOrder, QuerySelect};
use serde_json::json;
use uuid::Uuid;

use super::Erasures;
use crate::{
    DbError,
    dialect::lists,
    entities::erasures as rows,
    leads::{Sql, seen},
    scope::Begin,
};

impl Erasures<'_> {
    /// Writes an erasure.
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert(&self, erasure: &Erasure) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(erasure.id.uuid()),
            reason: Set(erasure.reason.as_str().to_owned()),
            reference: Set(erasure.reference.clone()),
            leads: Set(json!(erasure.leads)),
            counts: Set(json!(erasure.counts)),
            open_imports: Set(json!(erasure.open_imports)),
            actor: Set(json!(erasure.actor)),
            created_at: Set(erasure.created_at),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// One erasure.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: ErasureId) -> Result<Option<Erasure>, DbError> {
        let row = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?;
        row.map(to_erasure).transpose()
    }

    /// Erasures, newest first, before the one `before` if given.
    ///
    /// # Errors
    /// The database failed.
    pub async fn list(&self, before: Option<ErasureId>, limit: u64) -> Result<Vec<Erasure>, DbError> {
        let mut found = self.at.scope.find::<rows::Entity>();
        if let Some(before) = before {
            found = found.filter(rows::Column::Id.lt(before.uuid()));
        }
        let rows = found.order_by_desc(rows::Column::Id).limit(limit).all(&self.at.conn).await?;
        rows.into_iter().map(to_erasure).collect()
    }

    /// How many people were erased. Nobody takes that back, so it grows with each.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count(&self) -> Result<u64, DbError> {
        self.number("SELECT count(*) AS number FROM erasures WHERE organization_id = $1", []).await
    }

    /// Those of some leads of the organization that were erased, whoever saw them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn erased_among(&self, leads: &[LeadId]) -> Result<Vec<LeadId>, DbError> {
        if leads.is_empty() {
            return Ok(Vec::new());
        }
        let backend = self.at.backend();
        let sql = format!(
            "SELECT id FROM leads WHERE organization_id = $1 AND {} AND erased_at IS NOT NULL",
            lists::id_in(backend, "id", "$2")
        );
        let found = self.rows(&sql, [lists::ids(backend, leads.iter().map(|id| id.uuid()))]).await?;
        found.iter().map(|row| Ok(Id::from_uuid(row.try_get::<Uuid>("", "id")?))).collect()
    }

    /// By which erasure a lead was erased, and when; `None` for one that was not, or that the scope does not reach.
    ///
    /// # Errors
    /// The database failed.
    pub async fn of_lead(&self, lead: LeadId) -> Result<Option<(ErasureId, Instant)>, DbError> {
        let mut sql = Sql::new(self.at.backend());
        let (organization, lead) = (sql.bind(self.at.organization()), sql.bind(lead.uuid()));
        let seen = seen(&mut sql, &self.at.scope.leads);
        let text = format!(
            "SELECT leads.erasure_id, leads.erased_at FROM leads WHERE leads.organization_id = {organization} \
             AND leads.id = {lead} AND leads.erased_at IS NOT NULL AND {seen}"
        );
        let row = self.at.conn.query_one_raw(sql.statement(text)).await?;
        let read = |row: sea_orm::QueryResult| {
            let (id, at): (Uuid, Instant) = (row.try_get("", "erasure_id")?, row.try_get("", "erased_at")?);
            Ok((Id::from_uuid(id), at))
        };
        row.map(read).transpose()
    }
}

fn to_erasure(row: rows::Model) -> Result<Erasure, DbError> {
    Ok(Erasure {
        id: Id::from_uuid(row.id),
        reason: ErasureReason::parse(&row.reason).ok_or_else(|| DbError::corrupt("reason of an erasure"))?,
        reference: row.reference,
        leads: serde_json::from_value(row.leads).map_err(DbError::corrupt)?,
        counts: serde_json::from_value(row.counts).map_err(DbError::corrupt)?,
        open_imports: serde_json::from_value(row.open_imports).map_err(DbError::corrupt)?,
        actor: serde_json::from_value(row.actor).map_err(DbError::corrupt)?,
        created_at: row.created_at,
    })
}
