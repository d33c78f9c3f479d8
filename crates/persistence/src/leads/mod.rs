//! Leads: rows, lists, matching.

mod apply;
mod facets;
mod filter;
mod list;
mod matching;
mod remove;
mod row;
mod sort;
mod survey;
mod tally;

pub use apply::{Derived, Documents};
pub use facets::{Facet, FacetCount};
pub use filter::{Archived, Filter, Owner};
pub(crate) use filter::{Sql, seen};
pub use list::{Count, ListQuery, Listed, PATIENCE, Wanted};
pub use matching::{Found, Keys};
pub use sort::{Position, Sort, SortKey};
pub use tally::Tally;

use std::collections::BTreeMap;

use leadwright_domain::{
    ids::{Id, LeadId},
    leads::Lead,
};
use sea_orm::{ConnectionTrait, DbBackend, Statement};

use crate::{DbError, conn::repository, dialect::lists};

repository!(
    /// The leads that the scope sees.
    Leads,
    leads
);

impl Leads<'_> {
    /// One lead, archived or not; `None` where the scope does not reach it, or it was erased.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: LeadId) -> Result<Option<Lead>, DbError> {
        Ok(self.load(&[id], false).await?.pop())
    }

    /// Leads by id, in the order of their ids. Those that the scope does not reach, or that were erased, are left out.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get_all(&self, ids: &[LeadId]) -> Result<Vec<Lead>, DbError> {
        self.load(ids, false).await
    }

    /// One lead, held until the transaction ends.
    ///
    /// # Errors
    /// The database failed.
    pub async fn lock(&self, id: LeadId) -> Result<Option<Lead>, DbError> {
        Ok(self.load(&[id], true).await?.pop())
    }

    /// Leads by id, in the order of their ids, held until the transaction ends. Those that the scope does not reach are
    /// left out.
    ///
    /// # Errors
    /// The database failed.
    pub async fn lock_all(&self, ids: &[LeadId]) -> Result<Vec<Lead>, DbError> {
        self.load(ids, true).await
    }

    async fn load(&self, ids: &[LeadId], hold: bool) -> Result<Vec<Lead>, DbError> {
        if ids.is_empty() {
            return Ok(vec![]);
        }
        let backend = self.at.backend();
        let mut sql = Sql::new(backend);
        let organization = sql.bind(self.at.organization());
        let ids = sql.bind(lists::ids(backend, ids.iter().map(|id| id.uuid())));
        let wanted = lists::id_in(backend, "leads.id", &ids);
        let seen = seen(&mut sql, &self.at.scope.leads);
        let hold = if hold && backend == DbBackend::Postgres { " FOR UPDATE" } else { "" };
        let text = format!(
            "SELECT {} FROM leads WHERE leads.organization_id = {organization} AND {wanted} AND leads.erased_at IS NULL AND {seen} \
             ORDER BY leads.id{hold}",
            row::COLUMNS
        );
        let rows = self.at.conn.query_all_raw(sql.statement(text)).await?;
        rows.iter().map(row::lead).collect()
    }

    /// Where leads that were merged are now, at the end of a chain of merges; those that were not are left out. The scope
    /// does not limit it: whoever has an id may know where it went.
    ///
    /// # Errors
    /// The database failed.
    pub async fn masters_of(&self, ids: &[LeadId]) -> Result<BTreeMap<LeadId, LeadId>, DbError> {
        let backend = self.at.backend();
        let wanted = lists::id_in(backend, "id", "$2");
        let sql = format!(
            "SELECT id, merged_into FROM leads WHERE organization_id = $1 AND merged_into IS NOT NULL AND {wanted}"
        );
        let (mut step, mut next): (BTreeMap<LeadId, LeadId>, Vec<LeadId>) = (BTreeMap::new(), ids.to_vec());
        while !next.is_empty() {
            let values = [self.at.organization().into(), lists::ids(backend, next.iter().map(|id| id.uuid()))];
            next.clear();
            for row in self.at.conn.query_all_raw(Statement::from_sql_and_values(backend, sql.as_str(), values)).await?
            {
                let (id, master): (uuid::Uuid, uuid::Uuid) = (row.try_get("", "id")?, row.try_get("", "merged_into")?);
                if step.insert(Id::from_uuid(id), Id::from_uuid(master)).is_none() {
                    next.push(Id::from_uuid(master));
                }
            }
        }
        let end = |id: &LeadId| {
            let mut at = *step.get(id)?;
            // Merges never lead in a circle; should they, an end is better than none.
            for _ in 0..step.len() {
                at = step.get(&at).copied().unwrap_or(at);
            }
            Some((*id, at))
        };
        Ok(ids.iter().filter_map(end).collect())
    }

    /// How the score of a lead came about, as `scoring` keeps it; `None` where the scope does not reach it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn score_parts(&self, id: LeadId) -> Result<Option<serde_json::Value>, DbError> {
        let mut sql = Sql::new(self.at.backend());
        let (organization, id) = (sql.bind(self.at.organization()), sql.bind(id.uuid()));
        let seen = seen(&mut sql, &self.at.scope.leads);
        let text = format!(
            "SELECT score_parts FROM leads WHERE leads.organization_id = {organization} AND leads.id = {id} AND {seen}"
        );
        let row = self.at.conn.query_one_raw(sql.statement(text)).await?;
        Ok(row.map(|row| row.try_get("", "score_parts")).transpose()?)
    }

    /// The leads that carry ids of other systems, as `(system, external id, lead)`.
    ///
    /// # Errors
    /// The database failed.
    pub async fn by_external_ids(&self, wanted: &[(&str, &str)]) -> Result<Vec<(String, String, LeadId)>, DbError> {
        let mut by_system: BTreeMap<&str, Vec<&str>> = BTreeMap::new();
        for (system, external) in wanted {
            by_system.entry(system).or_default().push(external);
        }
        let (mut found, backend) = (Vec::new(), self.at.backend());
        let any_of_them = lists::text_in(backend, "external_id", "$3");
        let sql = format!(
            "SELECT external_id, lead_id FROM lead_external_ids WHERE organization_id = $1 AND system = $2 AND {any_of_them}"
        );
        for (system, external) in by_system {
            let values = [self.at.organization().into(), system.into(), lists::texts(backend, external)];
            let statement = Statement::from_sql_and_values(backend, sql.as_str(), values);
            for row in self.at.conn.query_all_raw(statement).await? {
                let (external, lead): (String, uuid::Uuid) =
                    (row.try_get("", "external_id")?, row.try_get("", "lead_id")?);
                found.push((system.to_owned(), external, Id::from_uuid(lead)));
            }
        }
        Ok(found)
    }
}
