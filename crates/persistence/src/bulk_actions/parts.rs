//! The leads of a bulk action, in parts that are changed one after the other, and what came of each part.

use chrono::TimeDelta;
use leadwright_domain::{
    bulk_actions::{Failure, Kept, UNDO_DAYS},
    ids::{BulkActionId, Id, LeadId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait, sea_query::Expr};
use serde::{Deserialize, Serialize};
use serde_json::{Value, json};
use uuid::Uuid;

use super::{BULK, BulkActions};
use crate::{
    DbError, bulk,
    entities::{bulk_parts as rows, jobs},
    scope::Begin,
};

/// Some of the leads of a bulk action.
#[derive(Clone, Debug, PartialEq)]
pub struct Part {
    /// Its place among the parts.
    pub position: u64,
    /// The leads.
    pub leads: Vec<LeadId>,
    /// Why some were not changed.
    pub failures: Vec<Failure>,
    /// How the changed ones were; empty once that is forgotten or was used.
    pub before: Vec<Kept>,
}

/// Where a list of failures goes on.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct FailureAt {
    /// The part.
    pub part: u64,
    /// The place in it.
    pub place: usize,
}

impl Part {
    /// Leads that nothing has come of yet.
    pub const fn of(position: u64, leads: Vec<LeadId>) -> Self {
        Self { position, leads, failures: Vec::new(), before: Vec::new() }
    }
}

impl BulkActions<'_> {
    /// Writes new parts.
    ///
    /// # Errors
    /// The database failed.
    pub async fn add_parts(&self, id: BulkActionId, parts: &[Part]) -> Result<(), DbError> {
        let row = |part: &Part| -> Result<rows::ActiveModel, DbError> {
            Ok(rows::ActiveModel {
                organization_id: Set(self.at.organization()),
                id: Set(Uuid::now_v7()),
                bulk_id: Set(id.uuid()),
                position: Set(number(part.position)?),
                leads: Set(part.leads.iter().flat_map(|lead| lead.uuid().into_bytes()).collect()),
                failed: Set(number(part.failures.len() as u64)?),
                failures: Set(kept(&part.failures)),
                before: Set(kept(&part.before)),
            })
        };
        let rows = parts.iter().map(row).collect::<Result<Vec<_>, _>>()?;
        bulk::insert::<rows::Entity>(self.at.conn, rows).await
    }

    /// The part at a place, held until the transaction ends: whoever is erased is taken out of it.
    ///
    /// # Errors
    /// The database failed.
    pub async fn part(&self, id: BulkActionId, position: u64) -> Result<Option<Part>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().filter(rows::Column::BulkId.eq(id.uuid()));
        let found = found.filter(rows::Column::Position.eq(number(position)?)).lock_exclusive();
        found.one(&self.at.conn).await?.map(to_part).transpose()
    }

    /// The next part from a place on that has something to be taken back, held as [`Self::part`] is.
    ///
    /// # Errors
    /// The database failed.
    pub async fn changed_part(&self, id: BulkActionId, from: u64) -> Result<Option<Part>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().filter(rows::Column::BulkId.eq(id.uuid()));
        let found = found.filter(rows::Column::Position.gte(number(from)?)).filter(rows::Column::Before.is_not_null());
        let found = found.order_by_asc(rows::Column::Position).lock_exclusive();
        found.one(&self.at.conn).await?.map(to_part).transpose()
    }

    /// Notes what came of a part. Its transaction holds the job.
    ///
    /// # Errors
    /// The database failed.
    pub async fn part_done(&self, id: BulkActionId, part: &Part) -> Result<(), DbError> {
        self.at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::BulkId.eq(id.uuid()))
            .filter(rows::Column::Position.eq(number(part.position)?))
            .col_expr(rows::Column::Failed, Expr::value(number(part.failures.len() as u64)?))
            .col_expr(rows::Column::Failures, Expr::value(kept(&part.failures)))
            .col_expr(rows::Column::Before, Expr::value(kept(&part.before)))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }

    /// Failures behind a place, in the order in which they came.
    ///
    /// # Errors
    /// The database failed.
    pub async fn failures(
        &self,
        id: BulkActionId,
        after: Option<FailureAt>,
        limit: usize,
    ) -> Result<Vec<(FailureAt, Failure)>, DbError> {
        let found = self.at.scope.find::<rows::Entity>().filter(rows::Column::BulkId.eq(id.uuid()));
        let from = number(after.map_or(0, |after| after.part))?;
        let found = found.filter(rows::Column::Position.gte(from)).filter(rows::Column::Failed.gt(0));
        // Each of these parts has a failure at least; the first may have been shown already.
        let found = found.order_by_asc(rows::Column::Position).limit(limit as u64 + 1).all(&self.at.conn).await?;
        let mut failures = Vec::new();
        for row in found {
            let part = to_part(row)?;
            let shown = |at: &FailureAt| after.is_some_and(|after| (at.part, at.place) <= (after.part, after.place));
            let placed = part.failures.into_iter().enumerate();
            let placed = placed.map(|(place, failure)| (FailureAt { part: part.position, place }, failure));
            failures.extend(placed.filter(|(at, _)| !shown(at)));
            if failures.len() >= limit {
                break;
            }
        }
        failures.truncate(limit);
        Ok(failures)
    }

    /// Forgets how leads were before bulk actions that can't be taken back any more; answers how many parts there were.
    ///
    /// # Errors
    /// The database failed.
    pub async fn forget_before(&self) -> Result<u64, DbError> {
        let end = self.at.now - TimeDelta::days(UNDO_DAYS);
        let over = self.at.scope.find::<jobs::Entity>().filter(jobs::Column::Kind.eq(BULK));
        let over = over.filter(jobs::Column::FinishedAt.lt(end)).select_only().column(jobs::Column::Id);
        let update = self.at.scope.update::<rows::Entity>().filter(rows::Column::Before.is_not_null());
        let update = update.filter(rows::Column::BulkId.in_subquery(over.into_query()));
        let update = update.col_expr(rows::Column::Before, Expr::value(None::<Value>));
        Ok(update.exec(&self.at.conn).await?.rows_affected)
    }
}

/// A list as it is kept; nothing for an empty one.
fn kept<T: Serialize>(list: &[T]) -> Option<Value> {
    (!list.is_empty()).then(|| json!(list))
}

fn number(number: u64) -> Result<i64, DbError> {
    i64::try_from(number).map_err(DbError::corrupt)
}

fn to_part(row: rows::Model) -> Result<Part, DbError> {
    let ids = row.leads.chunks(16).map(|bytes| Uuid::from_slice(bytes).map(Id::from_uuid));
    let failures = row.failures.map(serde_json::from_value).transpose().map_err(DbError::corrupt)?;
    let before = row.before.map(serde_json::from_value).transpose().map_err(DbError::corrupt)?;
    Ok(Part {
        position: u64::try_from(row.position).map_err(DbError::corrupt)?,
        leads: ids.collect::<Result<_, _>>().map_err(DbError::corrupt)?,
        failures: failures.unwrap_or_default(),
        before: before.unwrap_or_default(),
    })
}
