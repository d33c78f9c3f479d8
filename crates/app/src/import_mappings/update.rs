use leadwright_domain::{
    ids::ImportMappingId,
    imports::{ImportMapping, Mapping},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::{MAPPING, check, taken};
use crate::setting;

/// What to change; `None` leaves as it is.
#[derive(Clone, Debug, Default)]
pub struct ImportMappingChange {
    /// The name for people.
    pub name: Option<String>,
    /// What it says, as a whole.
    pub mapping: Option<Mapping>,
}

/// Changes a saved mapping. Imports that used it keep what it said.
#[derive(Clone, Debug)]
pub struct UpdateImportMapping {
    /// Which.
    pub id: ImportMappingId,
    /// What to change.
    pub change: ImportMappingChange,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for UpdateImportMapping {
    type Out = ImportMapping;

    async fn run(&self, tx: &Tx) -> Result<ImportMapping, CommandError> {
        setting::begin(tx).await?;
        let mut known =
            MAPPING.found(tx.import_mappings().get(self.id).await?, |known| known.version, self.expected)?;
        let change = self.change.clone();
        if let Some(mapping) = change.mapping {
            check(tx, &mapping).await?;
            known.mapping = mapping;
        }
        known.name = change.name.unwrap_or(known.name);
        setting::written(tx.import_mappings().update(&known).await.map_err(taken)?, known.version)?;
        known.version += 1;
        MAPPING.tell(tx, known.id.uuid(), json!({"change": "updated", "name": known.name}));
        Ok(known)
    }
}
