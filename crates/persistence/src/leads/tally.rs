//! How many of the newest leads fulfil each of some conditions, in one statement.

use leadwright_domain::condition::Resolved;

use super::{
    Leads, Sql,
    filter::{self, Filter},
};
use crate::{DbError, condition};

/// How many leads fulfil what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Tally {
    /// How many were looked at.
    pub leads: i64,
    /// How many fulfil each condition, in the order in which they were asked.
    pub fulfil: Vec<i64>,
}

impl Leads<'_> {
    /// Counts among the newest leads that the scope sees and that are not archived, so many at most.
    ///
    /// # Errors
    /// It takes longer than [`super::PATIENCE`] ([`DbError::TimedOut`]), or the database failed.
    pub async fn tally(&self, conditions: &[Resolved], newest: u64) -> Result<Tally, DbError> {
        let mut sql = Sql::new(self.at.backend());
        let organization = sql.bind(self.at.organization());
        let newest = self.newest(&mut sql, &organization, newest);
        let mut counts = String::new();
        for (at, asked) in conditions.iter().enumerate() {
            let fulfilled = condition::to_sql(asked, &mut sql);
            counts.push_str(&format!(", coalesce(sum(CASE WHEN {fulfilled} THEN 1 ELSE 0 END), 0) AS n{at}"));
        }
        let text = format!(
            "SELECT count(*) AS total{counts} FROM leads \
             WHERE leads.organization_id = {organization} AND leads.id IN ({newest})"
        );
        let rows = self.rows(sql.statement(text), true).await?;
        let row = rows.first().ok_or_else(|| DbError::corrupt("a count without a row"))?;
        let fulfil = (0..conditions.len()).map(|at| row.try_get("", &format!("n{at}")));
        Ok(Tally { leads: row.try_get("", "total")?, fulfil: fulfil.collect::<Result<_, _>>()? })
    }

    /// The ids of the newest leads. Each part of what the caller sees has an index that gives its leads in order.
    fn newest(&self, sql: &mut Sql, organization: &str, newest: u64) -> String {
        let mut wanted = vec![format!("leads.organization_id = {organization}")];
        wanted.extend(Filter::default().conditions(sql, self.at.organization()));
        let wanted = wanted.join(" AND ");
        let part = |seen: &String| {
            format!(
                "SELECT * FROM (SELECT leads.id, leads.created_at FROM leads WHERE {wanted} AND {seen} \
                 ORDER BY leads.created_at DESC, leads.id DESC LIMIT {newest}) p"
            )
        };
        let parts: Vec<String> = filter::branches(sql, &self.at.scope.leads).iter().map(part).collect();
        let all = parts.join(" UNION ALL ");
        format!("SELECT id FROM ({all}) u ORDER BY created_at DESC, id DESC LIMIT {newest}")
    }
}
