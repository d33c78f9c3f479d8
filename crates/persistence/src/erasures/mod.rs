//! Erasing people: what is kept of an erasure, where traces of a person are, and how each is taken away.

mod elsewhere;
mod erase;
mod records;
mod registry;
mod sweep;
mod tombstones;

pub use elsewhere::{HeldPart, HeldSuggestion, HeldView};
pub use erase::Blanks;
pub use registry::{REGISTRY, Table};
pub use sweep::{HeldImport, HeldOrder, HeldPost, HeldRow};
pub use tombstones::SealedKey;

use sea_orm::{ConnectionTrait, QueryResult, Statement, Value};

use crate::{DbError, conn::repository};

repository!(
    /// The organization's erasures.
    Erasures,
    erasures
);

impl Erasures<'_> {
    /// Runs a statement whose first parameter is the organization; answers how many rows it touched.
    async fn run(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, DbError> {
        Ok(self.at.conn.execute_raw(self.statement(sql, values)).await?.rows_affected())
    }

    /// The rows of a query whose first parameter is the organization.
    async fn rows(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<Vec<QueryResult>, DbError> {
        Ok(self.at.conn.query_all_raw(self.statement(sql, values)).await?)
    }

    /// The only number that a query answers.
    async fn number(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Result<u64, DbError> {
        let rows = self.rows(sql, values).await?;
        let number: Option<i64> = rows.first().map(|row| row.try_get("", "number")).transpose()?;
        Ok(number.unwrap_or_default().unsigned_abs())
    }

    fn statement(&self, sql: &str, values: impl IntoIterator<Item = Value>) -> Statement {
        let values = std::iter::once(self.at.organization().into()).chain(values);
        Statement::from_sql_and_values(self.at.backend(), sql, values)
    }
}
