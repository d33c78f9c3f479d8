use leadwright_domain::ids::ImportMappingId;
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::MAPPING;
use crate::setting;

/// Throws a saved mapping away. Imports that used it keep what it said.
#[derive(Clone, Debug)]
pub struct DeleteImportMapping {
    /// Which.
    pub id: ImportMappingId,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for DeleteImportMapping {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        setting::begin(tx).await?;
        let known = MAPPING.found(tx.import_mappings().get(self.id).await?, |known| known.version, self.expected)?;
        setting::written(tx.import_mappings().delete(&known).await?, known.version)?;
        MAPPING.tell(tx, known.id.uuid(), json!({"change": "deleted", "name": known.name}));
        Ok(())
    }
}
