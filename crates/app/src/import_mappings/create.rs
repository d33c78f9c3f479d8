use leadwright_domain::{
    fault::{Problem, Refusal},
    imports::{ImportMapping, Mapping},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::{MAPPING, MOST_MAPPINGS, check, taken};
use crate::setting;

/// Keeps a mapping.
#[derive(Clone, Debug)]
pub struct CreateImportMapping {
    /// The name for people.
    pub name: String,
    /// What it says.
    pub mapping: Mapping,
}

#[async_trait::async_trait]
impl Command for CreateImportMapping {
    type Out = ImportMapping;

    async fn run(&self, tx: &Tx) -> Result<ImportMapping, CommandError> {
        setting::begin(tx).await?;
        check(tx, &self.mapping).await?;
        if tx.import_mappings().all().await?.len() >= MOST_MAPPINGS {
            let detail = format!("At most {MOST_MAPPINGS} mappings are kept; delete one first.");
            return Err(Refusal::new(Problem::StateConflict, detail).into());
        }
        let new = ImportMapping { id: tx.new_id(), version: 1, name: self.name.clone(), mapping: self.mapping.clone() };
        tx.import_mappings().insert(&new).await.map_err(taken)?;
        MAPPING.tell(tx, new.id.uuid(), json!({"change": "created", "name": new.name}));
        Ok(new)
    }
}
