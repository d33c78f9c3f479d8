//! Mappings of imports that are kept for the next file of their kind (spec IMP-2).

mod create;
mod delete;
mod update;

pub use create::CreateImportMapping;
pub use delete::DeleteImportMapping;
pub use update::{ImportMappingChange, UpdateImportMapping};

use leadwright_domain::{
    fault::Refusal,
    ids::ImportMappingId,
    imports::{ImportMapping, Mapping},
};
use leadwright_persistence::{CommandError, DbError, Reader, Tx};

use crate::setting::Setting;

/// The most saved mappings, so that they always fit one page.
pub const MOST_MAPPINGS: usize = 500;

const MAPPING: Setting = Setting { name: "import mapping", subject: "import_mapping" };

/// All saved mappings, by name.
///
/// # Errors
/// The database failed.
pub async fn list(reader: &Reader) -> Result<Vec<ImportMapping>, DbError> {
    reader.import_mappings().all().await
}

/// One saved mapping.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn get(reader: &Reader, id: ImportMappingId) -> Result<ImportMapping, CommandError> {
    MAPPING.found(reader.import_mappings().get(id).await?, |mapping| mapping.version, None)
}

/// Refuses a mapping with words that stand for nothing.
async fn check(tx: &Tx, mapping: &Mapping) -> Result<(), CommandError> {
    let faults = mapping.check(&tx.custom_fields().all().await?);
    if faults.is_empty() {
        return Ok(());
    }
    Err(Refusal::invalid(faults.into_iter().map(|fault| fault.under("#/mapping")).collect()).into())
}

fn taken(error: DbError) -> CommandError {
    MAPPING.taken(error, &[("import_mappings_name", "import_mappings.name_key", "name")])
}
