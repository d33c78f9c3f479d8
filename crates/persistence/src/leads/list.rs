//! Lists by keyset: a page costs the same at the first and at the ten-thousandth.

use std::time::Duration;

use leadwright_domain::{
    condition::Resolved,
    ids::{Id, LeadId},
    leads::Lead,
};
use sea_orm::{ConnectionTrait, QueryResult, Statement};

use super::{
    Leads,
    filter::{self, Filter, Sql},
    row,
    sort::{Position, Sort, SortKey},
};
use crate::{DbError, condition, dialect::patience};

/// How long a query with a condition may take: the caller wrote it, and not every condition has an index. No order by a
/// custom field has one.
pub const PATIENCE: Duration = Duration::from_secs(2);

/// Whether and how to count.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Count {
    /// Every lead that fits.
    Exact,
    /// Exact up to ten thousand; beyond, what the database expects.
    Estimate,
}

/// Which leads are meant.
#[derive(Clone, Debug, Default)]
pub struct Wanted {
    /// The simple filters.
    pub filter: Filter,
    /// A condition that holds too.
    pub condition: Option<Resolved>,
}

/// What to list.
#[derive(Clone, Debug)]
pub struct ListQuery {
    /// Which leads.
    pub wanted: Wanted,
    /// The order.
    pub sort: Sort,
    /// Behind which lead to begin.
    pub after: Option<Position>,
    /// How many at most.
    pub limit: u64,
}

impl ListQuery {
    /// What is wanted without the bound that the position implies: two bounds on one end of an index confuse planners.
    fn bounded(&self) -> Wanted {
        let mut wanted = self.wanted.clone();
        if self.after.is_some() {
            match (&self.sort.key, self.sort.descending) {
                (SortKey::CreatedAt, true) => wanted.filter.created_before = None,
                (SortKey::CreatedAt, false) => wanted.filter.created_from = None,
                (SortKey::Score, true) => wanted.filter.score_lte = None,
                (SortKey::Score, false) => wanted.filter.score_gte = None,
                (SortKey::Custom(_), _) => {}
            }
        }
        wanted
    }
}

/// A page of leads.
#[derive(Clone, Debug)]
pub struct Listed {
    /// The leads.
    pub leads: Vec<Lead>,
    /// Where the next page begins, if there is one.
    pub next: Option<Position>,
}

impl Leads<'_> {
    /// A page of the leads that the scope sees and the query wants.
    ///
    /// # Errors
    /// A condition or the order takes longer than [`PATIENCE`] ([`DbError::TimedOut`]), or the database failed.
    pub async fn list(&self, query: &ListQuery) -> Result<Listed, DbError> {
        let (rows, has_more) = self.page_rows(query, row::COLUMNS).await?;
        let leads = rows.iter().map(row::lead).collect::<Result<Vec<Lead>, _>>()?;
        let last = rows.last().zip(leads.last()).filter(|_| has_more);
        let next = last.map(|(row, lead)| query.sort.position(row, lead.id)).transpose()?;
        Ok(Listed { leads, next })
    }

    /// The ids of a page, and where the next one begins: where an order costs so much that many are sorted at once.
    ///
    /// # Errors
    /// As [`Leads::list`].
    pub async fn list_ids(&self, query: &ListQuery) -> Result<(Vec<LeadId>, Option<Position>), DbError> {
        let (rows, has_more) = self.page_rows(query, "leads.id, leads.created_at, leads.score").await?;
        let id = |row: &QueryResult| row.try_get::<uuid::Uuid>("", "id").map(Id::from_uuid);
        let ids = rows.iter().map(id).collect::<Result<Vec<LeadId>, _>>()?;
        let last = rows.last().zip(ids.last()).filter(|_| has_more);
        let next = last.map(|(row, id)| query.sort.position(row, *id)).transpose()?;
        Ok((ids, next))
    }

    /// The rows of a page, and whether there is another.
    async fn page_rows(&self, query: &ListQuery, columns: &str) -> Result<(Vec<QueryResult>, bool), DbError> {
        let bounded = query.wanted.condition.is_some() || query.sort.is_costly();
        let mut rows = self.rows(self.page(query, columns), bounded).await?;
        let limit = usize::try_from(query.limit).map_err(DbError::corrupt)?;
        let has_more = rows.len() > limit;
        rows.truncate(limit);
        Ok((rows, has_more))
    }

    /// How the database goes about a page, line by line: for whoever wonders why a list is slow.
    ///
    /// # Errors
    /// The database failed.
    pub async fn explain(&self, query: &ListQuery) -> Result<Vec<String>, DbError> {
        let (explain, column) = match self.at.backend() {
            sea_orm::DbBackend::Postgres => ("EXPLAIN", "QUERY PLAN"),
            _ => ("EXPLAIN QUERY PLAN", "detail"),
        };
        let mut statement = self.page(query, row::COLUMNS);
        statement.sql = format!("{explain} {}", statement.sql);
        let rows = self.at.conn.query_all_raw(statement).await?;
        rows.iter().map(|row| Ok(row.try_get("", column)?)).collect()
    }

    /// The statement of a page, and of one lead more that tells whether there is another.
    fn page(&self, query: &ListQuery, columns: &str) -> Statement {
        let mut sql = Sql::new(self.at.backend());
        let mut wanted = self.wanted(&mut sql, &query.bounded());
        wanted.extend(query.after.as_ref().map(|after| query.sort.behind(after, &mut sql)));
        let wanted = wanted.join(" AND ");
        let one_more = query.limit + 1;
        let branches = filter::branches(&mut sql, &self.at.scope.leads);
        let (value, order) = (query.sort.column(self.at.backend()), query.sort.order("leads."));
        let select = |seen: &String| {
            format!("SELECT {columns}{value} FROM leads WHERE {wanted} AND {seen} ORDER BY {order} LIMIT {one_more}")
        };
        let text = match branches.as_slice() {
            [only] => select(only),
            many => {
                let parts: Vec<String> =
                    many.iter().map(|seen| format!("SELECT * FROM ({}) p", select(seen))).collect();
                let (parts, order) = (parts.join(" UNION ALL "), query.sort.order(""));
                format!("SELECT * FROM ({parts}) u ORDER BY {order} LIMIT {one_more}")
            }
        };
        sql.statement(text)
    }

    /// The ids of leads that the scope sees and are wanted, in their order, from behind one; for as long as it takes.
    ///
    /// # Errors
    /// The database failed.
    pub async fn ids(&self, wanted: &Wanted, after: Option<LeadId>, limit: u64) -> Result<Vec<LeadId>, DbError> {
        self.ids_within(wanted, after, limit, false).await
    }

    /// The ids of the first leads that the scope sees and are wanted.
    ///
    /// # Errors
    /// A condition takes longer than [`PATIENCE`] ([`DbError::TimedOut`]), or the database failed.
    pub async fn first_ids(&self, wanted: &Wanted, limit: u64) -> Result<Vec<LeadId>, DbError> {
        self.ids_within(wanted, None, limit, wanted.condition.is_some()).await
    }

    async fn ids_within(
        &self,
        wanted: &Wanted,
        after: Option<LeadId>,
        limit: u64,
        bounded: bool,
    ) -> Result<Vec<LeadId>, DbError> {
        let (mut sql, from) = self.from(wanted);
        let behind = after.map(|after| format!(" AND leads.id > {}", sql.bind(after.uuid()))).unwrap_or_default();
        let text = format!("SELECT leads.id AS id {from}{behind} ORDER BY leads.id LIMIT {limit}");
        let rows = self.rows(sql.statement(text), bounded).await?;
        rows.iter().map(|row| Ok(Id::from_uuid(row.try_get::<uuid::Uuid>("", "id")?))).collect()
    }

    /// How many leads the scope sees and are wanted.
    ///
    /// # Errors
    /// A condition takes longer than [`PATIENCE`] ([`DbError::TimedOut`]), or the database failed.
    pub async fn count(&self, wanted: &Wanted, how: Count) -> Result<u64, DbError> {
        let capped = match how {
            Count::Exact => "",
            Count::Estimate => " LIMIT 10001",
        };
        let text = |from: &str| format!("SELECT count(*) AS total FROM (SELECT 1 AS one {from}{capped}) c");
        let counted = self.count_as(wanted, text).await?;
        if how == Count::Exact || counted <= 10_000 {
            return Ok(counted);
        }
        self.estimate(wanted).await
    }

    async fn count_as(&self, wanted: &Wanted, text: impl Fn(&str) -> String) -> Result<u64, DbError> {
        let (sql, from) = self.from(wanted);
        let rows = self.rows(sql.statement(text(&from)), wanted.condition.is_some()).await?;
        let total: i64 = rows.first().ok_or_else(|| DbError::corrupt("no count"))?.try_get("", "total")?;
        u64::try_from(total).map_err(DbError::corrupt)
    }

    /// What PostgreSQL's planner expects; SQLite keeps no such figures and counts.
    async fn estimate(&self, wanted: &Wanted) -> Result<u64, DbError> {
        if self.at.backend() != sea_orm::DbBackend::Postgres {
            return self.count_as(wanted, |from| format!("SELECT count(*) AS total {from}")).await;
        }
        let (sql, from) = self.from(wanted);
        let row = self.at.conn.query_one_raw(sql.statement(format!("EXPLAIN (FORMAT JSON) SELECT 1 {from}"))).await?;
        let plan: serde_json::Value =
            row.ok_or_else(|| DbError::corrupt("no plan"))?.try_get_by_index::<serde_json::Value>(0)?;
        Ok(plan[0]["Plan"]["Plan Rows"].as_u64().unwrap_or(10_001).max(10_001))
    }

    /// Runs a query, only for so long if a caller wrote part of it.
    pub(super) async fn rows(&self, statement: Statement, bounded: bool) -> Result<Vec<QueryResult>, DbError> {
        if bounded {
            return patience::query_all(self.at.conn, statement, PATIENCE).await;
        }
        Ok(self.at.conn.query_all_raw(statement).await?)
    }

    /// The wanted leads as what follows FROM.
    pub(super) fn from(&self, wanted: &Wanted) -> (Sql, String) {
        let mut sql = Sql::new(self.at.backend());
        let wanted = self.wanted(&mut sql, wanted).join(" AND ");
        let seen = filter::seen(&mut sql, &self.at.scope.leads);
        (sql, format!("FROM leads WHERE {wanted} AND {seen}"))
    }

    fn wanted(&self, sql: &mut Sql, wanted: &Wanted) -> Vec<String> {
        let organization = self.at.organization();
        let mut all = vec![format!("leads.organization_id = {}", sql.bind(organization))];
        all.extend(wanted.filter.conditions(sql, organization));
        all.extend(wanted.condition.as_ref().map(|condition| condition::to_sql(condition, sql)));
        all
    }
}
