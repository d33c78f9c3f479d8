//! The source catalogue (spec CAP-1).

mod create;
mod update;

pub use create::CreateSource;
pub use update::{SourceChange, UpdateSource};

use leadwright_domain::{ids::LeadSourceId, sources::LeadSource};
use leadwright_persistence::{CommandError, DbError, Reader};

use crate::setting::Setting;

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
    SOURCE.found(reader.sources().get(id).await?, |source| source.version, None)
}

const SOURCE: Setting = Setting { name: "lead source", subject: "lead_source" };

/// Turns a clash of code or name into a refusal that names it.
fn taken(error: DbError) -> CommandError {
    let unique =
        [("lead_sources_code", "lead_sources.code", "code"), ("lead_sources_name", "lead_sources.name_key", "name")];
    SOURCE.taken(error, &unique)
}
