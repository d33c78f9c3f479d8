//! Scans of all leads: jobs of a kind of their own.

use leadwright_domain::{
    duplicates::DuplicateScan,
    ids::{Id, JobId},
    imports::JobState,
};
use sea_orm::{ColumnTrait, QueryFilter, QueryOrder};
use serde_json::Value;

use super::Duplicates;
use crate::{DbError, entities::jobs, scope::Begin};

/// The kind of job.
pub const SCAN: &str = "duplicate_scan";

impl Duplicates<'_> {
    /// One scan.
    ///
    /// # Errors
    /// The database failed.
    pub async fn scan(&self, id: JobId) -> Result<Option<DuplicateScan>, DbError> {
        let found = self.at.scope.find_by_id::<jobs::Entity>(id.uuid()).filter(jobs::Column::Kind.eq(SCAN));
        found.one(&self.at.conn).await?.map(to_scan).transpose()
    }

    /// A scan that waits or is being done.
    ///
    /// # Errors
    /// The database failed.
    pub async fn open_scan(&self) -> Result<Option<DuplicateScan>, DbError> {
        let open = [JobState::Queued.as_str(), JobState::Running.as_str()];
        let found = self.at.scope.find::<jobs::Entity>().filter(jobs::Column::Kind.eq(SCAN));
        let found = found.filter(jobs::Column::State.is_in(open)).order_by_asc(jobs::Column::Id);
        found.one(&self.at.conn).await?.map(to_scan).transpose()
    }
}

fn to_scan(job: jobs::Model) -> Result<DuplicateScan, DbError> {
    Ok(DuplicateScan {
        id: Id::from_uuid(job.id),
        version: job.version,
        state: JobState::parse(&job.state).ok_or_else(|| DbError::corrupt("state of a scan"))?,
        after: job.payload["after"].as_str().and_then(|id| id.parse().ok()),
        progress: or_default(job.progress)?,
        counts: or_default(job.result)?,
        problem: job.problem,
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
