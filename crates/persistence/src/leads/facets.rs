//! How many leads of a selection there are of each kind, all kinds in one statement.

use leadwright_domain::choices;
use sea_orm::{DbBackend, FromQueryResult};

use super::{Leads, list::Wanted};
use crate::DbError;

choices! {
    /// What leads are counted by.
    Facet {
        /// The status.
        Status = "status",
        /// The stage.
        Stage = "stage",
        /// The rating.
        Rating = "rating",
        /// The priority.
        Priority = "priority",
        /// The source; its id.
        Source = "source",
        /// The owner; their id, or nobody.
        Owner = "owner",
    }
}

/// How many leads have a value.
#[derive(Clone, Debug, PartialEq, Eq, FromQueryResult)]
pub struct FacetCount {
    /// The facet's word.
    pub facet: String,
    /// The value: a word or an id; nothing for nobody.
    pub value: Option<String>,
    /// How many.
    pub total: i64,
}

impl Leads<'_> {
    /// Counts by each facet what the scope sees and is wanted.
    ///
    /// # Errors
    /// It takes longer than [`super::PATIENCE`] ([`DbError::TimedOut`]), or the database failed.
    pub async fn facets(&self, wanted: &Wanted, by: &[Facet]) -> Result<Vec<FacetCount>, DbError> {
        if by.is_empty() {
            return Ok(vec![]);
        }
        let (sql, from) = self.from(wanted);
        let id = |column: &str| match sql.backend {
            DbBackend::Postgres => format!("{column}::text"),
            _ => format!("lower(hex({column}))"),
        };
        let counts: Vec<String> = by
            .iter()
            .map(|facet| {
                let value = match facet {
                    Facet::Source => id("w.source_id"),
                    // Of nobody SQLite's hex makes empty text.
                    Facet::Owner => format!("nullif({}, '')", id("w.owner_id")),
                    Facet::Status | Facet::Stage | Facet::Rating | Facet::Priority => format!("w.{facet}"),
                };
                format!("SELECT '{facet}' AS facet, {value} AS value, count(*) AS total FROM w GROUP BY 2")
            })
            .collect();
        let text = format!(
            "WITH w AS (SELECT leads.status, leads.stage, leads.rating, leads.priority, leads.source_id, leads.owner_id \
             {from}) {}",
            counts.join(" UNION ALL ")
        );
        let rows = self.rows(sql.statement(text), true).await?;
        rows.iter().map(|row| Ok(FacetCount::from_query_result(row, "")?)).collect()
    }
}
