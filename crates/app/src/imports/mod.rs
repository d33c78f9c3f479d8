//! Imports of files (spec section 5): a file is spooled while it arrives, then a job takes its rows in, batch by batch,
//! each with the checkpoint in its own transaction.

mod batch;
mod begin;
mod cancel;
mod change;
mod columns;
mod confirm;
mod delete;
mod earlier;
mod end;
mod extra;
mod file;
mod heading;
mod looks;
mod ready;
mod rejected;
mod revert;
mod review;
mod row;
mod rows;
mod run;
mod sources;
mod template;
mod upload;
mod withheld;

pub use begin::{BeginImport, NewImport};
pub use cancel::CancelImport;
pub use change::ChangeImport;
pub use columns::Columns;
pub use confirm::ConfirmImport;
pub use delete::DeleteImport;
pub use rejected::rejected_csv;
pub use revert::RevertImport;
pub use rows::encoding_called;
pub use run::run;
pub use template::template_csv;
pub use upload::{Known, Spooled, Upload};

use leadwright_domain::{
    fault::Refusal,
    ids::ImportId,
    imports::{Import, JobState},
};
use leadwright_persistence::{CommandError, DbError, Reader};

/// One import.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn get(reader: &Reader, id: ImportId) -> Result<Import, CommandError> {
    Ok(reader.imports().get(id).await?.ok_or_else(|| Refusal::not_found("import"))?)
}

/// Imports, newest first, before the one `before` if given; in one state where asked.
///
/// # Errors
/// The database failed.
pub async fn list(
    reader: &Reader,
    state: Option<JobState>,
    before: Option<ImportId>,
    limit: u64,
) -> Result<Vec<Import>, DbError> {
    reader.imports().list(state, before, limit).await
}
