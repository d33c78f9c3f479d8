//! Imports: the job's details, the file in parts, and the rows that were rejected.

mod made;
mod mappings;
mod rejects;
mod spool;

use leadwright_domain::{
    access::LeadVisibility,
    cleansing::Tally,
    ids::{Id, ImportId, JobId},
    imports::{Import, ImportMode, ImportPolicy, JobState, Phase, Reverted, Warnings},
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, QueryFilter, QueryOrder, QuerySelect, QueryTrait,
    sea_query::{Expr, ExprTrait, SelectStatement},
};
use serde_json::{Value, json};

use crate::{
    DbError,
    conn::repository,
    entities::{import_chunks as chunks, import_made as made_rows, import_rejects as rejected, imports as rows, jobs},
    jobs::NewJob,
    scope::Begin,
};

pub use made::Made;
pub use mappings::ImportMappings;
pub use rejects::Reject;

repository!(
    /// The organization's imports.
    Imports,
    imports
);

/// The kind of job that an import is.
pub const KIND: &str = "import";

impl Imports<'_> {
    /// Writes a new import with its job, due at once.
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert(&self, import: &Import) -> Result<(), DbError> {
        let id = job_id(import.id);
        let job = NewJob { id, kind: KIND, payload: payload(import.phase) };
        crate::jobs::Jobs { at: self.at }.insert(&job).await?;
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(import.id.uuid()),
            scope: Set(json!(import.scope)),
            request_id: Set(import.request_id.clone()),
            mode: Set(import.mode.as_str().to_owned()),
            policy: Set(json!(import.policy)),
            file: Set(json!(import.file)),
            header: Set(json!(import.header)),
            checkpoint: Set(0),
            warnings: Set(json!(import.warnings)),
            preview: Set(None),
            reverted: Set(None),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// One import; for whoever does not see all leads, only one of their own: it tells of leads.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: ImportId) -> Result<Option<Import>, DbError> {
        let job = self.at.scope.find_by_id::<jobs::Entity>(id.uuid()).one(&self.at.conn).await?;
        let row = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?;
        let import = job.zip(row).map(|(job, row)| to_import(job, row)).transpose()?;
        let sees_all = self.at.scope.leads == LeadVisibility::All;
        Ok(import.filter(|import| sees_all || import.scope.actor == self.at.scope.actor))
    }

    /// Imports as [`Self::get`] finds them, newest first, before the one `before` if given; in one state where asked.
    ///
    /// # Errors
    /// The database failed.
    pub async fn list(
        &self,
        state: Option<JobState>,
        before: Option<ImportId>,
        limit: u64,
    ) -> Result<Vec<Import>, DbError> {
        let mut found = self.at.scope.find::<jobs::Entity>().filter(jobs::Column::Kind.eq(KIND));
        if self.at.scope.leads != LeadVisibility::All {
            found = found.filter(jobs::Column::Id.in_subquery(self.own()));
        }
        if let Some(state) = state {
            found = found.filter(jobs::Column::State.eq(state.as_str()));
        }
        if let Some(before) = before {
            found = found.filter(jobs::Column::Id.lt(before.uuid()));
        }
        let found = found.order_by_desc(jobs::Column::Id).limit(limit).all(&self.at.conn).await?;
        let ids = found.iter().map(|job| job.id);
        let details = self.at.scope.find::<rows::Entity>().filter(rows::Column::Id.is_in(ids));
        let mut details = details.all(&self.at.conn).await?;
        let mut imports = Vec::with_capacity(found.len());
        for job in found {
            if let Some(place) = details.iter().position(|row| row.id == job.id) {
                imports.push(to_import(job, details.swap_remove(place))?);
            }
        }
        Ok(imports)
    }

    /// The ids of the caller's own imports.
    fn own(&self) -> SelectStatement {
        let actor = json!(self.at.scope.actor);
        let mut own = self.at.scope.find::<rows::Entity>().select_only().column(rows::Column::Id);
        for part in ["kind", "id"] {
            let stored = Expr::cust(format!("scope -> 'actor' ->> '{part}'"));
            own = own.filter(stored.eq(actor[part].as_str().unwrap_or_default()));
        }
        own.into_query()
    }

    /// What was mended on the way so far, held until the transaction ends; nothing where the import is gone.
    ///
    /// # Errors
    /// The database failed.
    pub async fn hold_warnings(&self, id: ImportId) -> Result<Warnings, DbError> {
        let held = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).select_only().column(rows::Column::Warnings);
        let held: Option<Value> = held.lock_exclusive().into_tuple().one(&self.at.conn).await?;
        held.map_or_else(|| Ok(Warnings::new()), |held| serde_json::from_value(held).map_err(DbError::corrupt))
    }

    /// Notes how many rows are in for good, and what was mended on the way. Its transaction holds the job.
    ///
    /// # Errors
    /// The database failed.
    pub async fn reached(&self, id: ImportId, checkpoint: u64, warnings: Value) -> Result<(), DbError> {
        let checkpoint = i64::try_from(checkpoint).map_err(DbError::corrupt)?;
        self.at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(id.uuid()))
            .col_expr(rows::Column::Checkpoint, Expr::value(checkpoint))
            .col_expr(rows::Column::Warnings, Expr::value(warnings))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }

    /// Writes what an import is to do from here on, other than it was asked first.
    ///
    /// # Errors
    /// The database failed.
    pub async fn change(&self, id: ImportId, policy: &ImportPolicy) -> Result<(), DbError> {
        self.at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(id.uuid()))
            .col_expr(rows::Column::Policy, Expr::value(json!(policy)))
            .col_expr(rows::Column::Preview, Expr::value(None::<Value>))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }

    /// Notes how far an import is taken back. Its transaction holds the job.
    ///
    /// # Errors
    /// The database failed.
    pub async fn reverted(&self, id: ImportId, reverted: &Reverted) -> Result<(), DbError> {
        self.at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(id.uuid()))
            .col_expr(rows::Column::Reverted, Expr::value(json!(reverted)))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }

    /// Throws an import away with all that belongs to it: file, rejected rows, what it made, and its job. The leads stay.
    ///
    /// # Errors
    /// The database failed.
    pub async fn delete(&self, id: ImportId) -> Result<(), DbError> {
        let id = id.uuid();
        let scope = &self.at.scope;
        scope.delete::<chunks::Entity>().filter(chunks::Column::ImportId.eq(id)).exec(&self.at.conn).await?;
        scope.delete::<rejected::Entity>().filter(rejected::Column::ImportId.eq(id)).exec(&self.at.conn).await?;
        scope.delete::<made_rows::Entity>().filter(made_rows::Column::ImportId.eq(id)).exec(&self.at.conn).await?;
        scope.delete::<rows::Entity>().filter(rows::Column::Id.eq(id)).exec(&self.at.conn).await?;
        scope.delete::<jobs::Entity>().filter(jobs::Column::Id.eq(id)).exec(&self.at.conn).await?;
        Ok(())
    }

    /// Notes what a review found. Its transaction holds the job.
    ///
    /// # Errors
    /// The database failed.
    pub async fn reviewed(&self, id: ImportId, preview: Value) -> Result<(), DbError> {
        self.at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(id.uuid()))
            .col_expr(rows::Column::Preview, Expr::value(preview))
            .exec(&self.at.conn)
            .await?;
        Ok(())
    }
}

/// An import's job has its id.
pub fn job_id(id: ImportId) -> JobId {
    Id::from_uuid(id.uuid())
}

/// What the job of an import needs to know.
pub fn payload(phase: Phase) -> Value {
    json!({"phase": phase})
}

fn to_import(job: jobs::Model, row: rows::Model) -> Result<Import, DbError> {
    let word = |what: &str| DbError::corrupt(format!("{what} of an import"));
    let phase = job.payload["phase"].as_str().and_then(Phase::parse);
    Ok(Import {
        id: Id::from_uuid(job.id),
        version: job.version,
        state: JobState::parse(&job.state).ok_or_else(|| word("state"))?,
        phase: phase.ok_or_else(|| word("phase"))?,
        mode: ImportMode::parse(&row.mode).ok_or_else(|| word("mode"))?,
        policy: serde_json::from_value(row.policy).map_err(DbError::corrupt)?,
        file: serde_json::from_value(row.file).map_err(DbError::corrupt)?,
        header: serde_json::from_value(row.header).map_err(DbError::corrupt)?,
        checkpoint: u64::try_from(row.checkpoint).map_err(DbError::corrupt)?,
        progress: or_default(job.progress)?,
        cleansed: job.result.get("cleansed").map_or_else(|| Ok(Tally::default()), |told| or_default(told.clone()))?,
        counts: or_default(job.result)?,
        warnings: serde_json::from_value(row.warnings).map_err(DbError::corrupt)?,
        preview: row.preview,
        reverted: row.reverted.map(serde_json::from_value).transpose().map_err(DbError::corrupt)?,
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
