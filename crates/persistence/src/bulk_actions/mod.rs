//! Changes of many leads at once: the job's details, and the leads in parts with what came of them.

mod parts;

use leadwright_domain::{
    access::LeadVisibility,
    bulk_actions::{Action, BulkAction, Picked},
    ids::{BulkActionId, Id, JobId, TeamId},
    imports::JobState,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, Condition, DbBackend, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use serde_json::{Value, json};

use crate::{
    DbError,
    conn::repository,
    dialect::lists,
    entities::{bulk_actions as rows, jobs},
    jobs::{Jobs, NewJob, Step},
    scope::Begin,
};

pub use parts::{FailureAt, Part};

repository!(
    /// The organization's changes of many leads at once.
    BulkActions,
    bulk_actions
);

/// The kind of job that a change of many leads is.
pub const BULK: &str = "bulk_action";

impl BulkActions<'_> {
    /// Writes a new one with its job as it stands: waiting for a worker, or done already.
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert(&self, new: &BulkAction) -> Result<(), DbError> {
        let (id, jobs) = (job_id(new.id), Jobs { at: self.at });
        jobs.insert(&NewJob { id, kind: BULK, payload: json!(new.checkpoint) }).await?;
        let standing = Step {
            state: Some(new.state),
            progress: Some(json!(new.progress)),
            result: Some(json!(new.counts)),
            ..Step::default()
        };
        jobs.change_from(id, &[JobState::Queued], &standing).await?;
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(new.id.uuid()),
            scope: Set(json!(new.scope)),
            request_id: Set(new.request_id.clone()),
            action: Set(json!(new.action)),
            selection: Set(json!(new.picked)),
            undone_by: Set(None),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// One of them; for whoever does not see all leads, only one of their own, or of members of the teams that they lead: it
    /// tells of leads.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: BulkActionId, led: &[TeamId]) -> Result<Option<BulkAction>, DbError> {
        let job = self.at.scope.find_by_id::<jobs::Entity>(id.uuid()).one(&self.at.conn).await?;
        let row = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?;
        let found = job.zip(row).map(|(job, row)| to_bulk_action(job, row)).transpose()?;
        let sees_all = self.at.scope.leads == LeadVisibility::All;
        let own = |found: &BulkAction| found.scope.actor == self.at.scope.actor || found.scope.leads.is_within(led);
        Ok(found.filter(|found| sees_all || own(found)))
    }

    /// As [`Self::get`] finds them, newest first, before the one `before` if given.
    ///
    /// # Errors
    /// The database failed.
    pub async fn list(
        &self,
        led: &[TeamId],
        before: Option<BulkActionId>,
        limit: u64,
    ) -> Result<Vec<BulkAction>, DbError> {
        let mut found = self.at.scope.find::<jobs::Entity>().filter(jobs::Column::Kind.eq(BULK));
        if self.at.scope.leads != LeadVisibility::All {
            found = found.filter(jobs::Column::Id.in_subquery(self.own(led)));
        }
        if let Some(before) = before {
            found = found.filter(jobs::Column::Id.lt(before.uuid()));
        }
        let found = found.order_by_desc(jobs::Column::Id).limit(limit).all(&self.at.conn).await?;
        let ids = found.iter().map(|job| job.id);
        let details = self.at.scope.find::<rows::Entity>().filter(rows::Column::Id.is_in(ids));
        let mut details = details.all(&self.at.conn).await?;
        let mut listed = Vec::with_capacity(found.len());
        for job in found {
            if let Some(place) = details.iter().position(|row| row.id == job.id) {
                listed.push(to_bulk_action(job, details.swap_remove(place))?);
            }
        }
        Ok(listed)
    }

    /// The ids of the caller's own, and of those that members of these teams ordered, who belong to no other.
    fn own(&self, led: &[TeamId]) -> SelectStatement {
        let (actor, backend) = (json!(self.at.scope.actor), self.at.backend());
        let is = |part: &str| {
            let stored = Expr::cust(format!("scope -> 'actor' ->> '{part}'"));
            stored.eq(actor[part].as_str().unwrap_or_default())
        };
        let mut seen = Condition::any().add(is("kind").and(is("id")));
        if !led.is_empty() {
            let teams = lists::elements(backend, "scope -> 'leads'", "'teams'");
            // Numbered parameters are not numbered anew for SQLite.
            let parameter = if backend == DbBackend::Postgres { "$1" } else { "?" };
            let among = lists::text_in(backend, "e.value", parameter);
            let led: Vec<String> = led.iter().map(ToString::to_string).collect();
            let led = lists::texts(backend, led.iter().map(String::as_str));
            let any = Expr::cust(format!("EXISTS (SELECT 1 FROM {teams})"));
            let other = format!("NOT EXISTS (SELECT 1 FROM {teams} WHERE NOT ({among}))");
            seen = seen.add(any.and(Expr::cust_with_values(other, [led])));
        }
        self.at.scope.find::<rows::Entity>().select_only().column(rows::Column::Id).filter(seen).into_query()
    }

    /// Notes which bulk action takes this one back, unless another does; `false` then.
    ///
    /// # Errors
    /// The database failed.
    pub async fn undone_by(
        &self,
        id: BulkActionId,
        before: Option<BulkActionId>,
        by: BulkActionId,
    ) -> Result<bool, DbError> {
        let update = self.at.scope.update::<rows::Entity>().filter(rows::Column::Id.eq(id.uuid()));
        let update = match before {
            Some(before) => update.filter(rows::Column::UndoneBy.eq(before.uuid())),
            None => update.filter(rows::Column::UndoneBy.is_null()),
        };
        let update = update.col_expr(rows::Column::UndoneBy, Expr::value(Some(by.uuid())));
        Ok(update.exec(&self.at.conn).await?.rows_affected == 1)
    }
}

/// Its job has its id.
pub fn job_id(id: BulkActionId) -> JobId {
    Id::from_uuid(id.uuid())
}

fn to_bulk_action(job: jobs::Model, row: rows::Model) -> Result<BulkAction, DbError> {
    let action: Action = serde_json::from_value(row.action).map_err(DbError::corrupt)?;
    let picked: Picked = serde_json::from_value(row.selection).map_err(DbError::corrupt)?;
    Ok(BulkAction {
        id: Id::from_uuid(job.id),
        version: job.version,
        state: JobState::parse(&job.state).ok_or_else(|| DbError::corrupt("state of a bulk action"))?,
        action,
        picked,
        checkpoint: or_default(job.payload)?,
        progress: or_default(job.progress)?,
        counts: or_default(job.result)?,
        undone_by: row.undone_by.map(Id::from_uuid),
        problem: job.problem,
        scope: serde_json::from_value(row.scope).map_err(DbError::corrupt)?,
        request_id: row.request_id,
        created_at: job.created_at,
        updated_at: job.updated_at,
        finished_at: job.finished_at,
    })
}

/// A document that a job has not written yet is `{}`.
fn or_default<T: serde::de::DeserializeOwned + Default>(document: Value) -> Result<T, DbError> {
    if document.as_object().is_some_and(serde_json::Map::is_empty) {
        return Ok(T::default());
    }
    serde_json::from_value(document).map_err(DbError::corrupt)
}
