//! The source catalogue (spec CAP-1).

mod create;
mod update;

pub use create::CreateSource;
pub use update::{SourceChange, UpdateSource};

use leadwright_domain::{
    fault::{Problem, Refusal},
    ids::LeadSourceId,
    sources::LeadSource,
};
use leadwright_persistence::{CommandError, DbError, Reader};

/// All sources, by name.
///
/// # Errors
/// The database failed.
pub async fn list(reader: &Reader) -> Result<Vec<LeadSource>, DbError> {
    reader.sources().all().await
}

/// One source.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn get(reader: &Reader, id: LeadSourceId) -> Result<LeadSource, CommandError> {
    Ok(reader.sources().get(id).await?.ok_or_else(|| Refusal::not_found("lead source"))?)
}

/// Turns a clash of code or name into a refusal that names it.
fn taken(error: DbError) -> CommandError {
    for (constraint, column, field) in
        [("lead_sources_code", "lead_sources.code", "code"), ("lead_sources_name", "lead_sources.name_key", "name")]
    {
        if error.violates(constraint, column) {
            let detail = format!("Another lead source has this {field}; choose another, or change that one.");
            return Refusal::new(Problem::AlreadyExists, detail).with("field", field).into();
        }
    }
    error.into()
}
