//! Leads: rows, lists, matching.

mod apply;
mod facets;
mod filter;
mod list;
mod matching;
mod remove;
mod row;

pub use apply::Derived;
pub use facets::{Facet, FacetCount};
pub(crate) use filter::Sql;
pub use filter::{Archived, Filter, Owner};
pub use list::{Count, ListQuery, Listed, PATIENCE, Position, Sort, SortKey, Wanted};
pub use matching::{Found, Keys};

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
    /// One lead, archived or not; `None` where the scope does not reach it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: LeadId) -> Result<Option<Lead>, DbError> {
        Ok(self.load(&[id], false).await?.pop())
    }

    /// Leads by id, in the order of their ids. Those that the scope does not reach are left out.
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
        let seen = filter::seen(&mut sql, &self.at.scope.leads);
        let hold = if hold && backend == DbBackend::Postgres { " FOR UPDATE" } else { "" };
        let text = format!(
            "SELECT {} FROM leads WHERE leads.organization_id = {organization} AND {wanted} AND {seen} ORDER BY leads.id{hold}",
            row::COLUMNS
        );
        let rows = self.at.conn.query_all_raw(sql.statement(text)).await?;
        rows.iter().map(row::lead).collect()
    }

    /// How the score of a lead came about, as `scoring` keeps it; `None` where the scope does not reach it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn score_parts(&self, id: LeadId) -> Result<Option<serde_json::Value>, DbError> {
        let mut sql = Sql::new(self.at.backend());
        let (organization, id) = (sql.bind(self.at.organization()), sql.bind(id.uuid()));
        let seen = filter::seen(&mut sql, &self.at.scope.leads);
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
