use leadwright_domain::{
    capture::{BlockEntry, BlockKind},
    fault::{Problem, Refusal},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::{ENTRY, MOST_ENTRIES};
use crate::setting;

/// Adds an entry to the block list. What stands there already stays as it is.
#[derive(Clone, Debug)]
pub struct AddToBlockList {
    /// What it names.
    pub kind: BlockKind,
    /// The name, as written.
    pub value: String,
    /// Why, for people.
    pub note: Option<String>,
}

#[async_trait::async_trait]
impl Command for AddToBlockList {
    type Out = BlockEntry;

    async fn run(&self, tx: &Tx) -> Result<BlockEntry, CommandError> {
        let value = self.kind.normalized(&self.value);
        let value = value.map_err(|complaint| Refusal::invalid(vec![complaint.at("#/value")]))?;
        setting::begin(tx).await?;
        if tx.blocked().all().await?.len() >= MOST_ENTRIES {
            let detail = format!("The block list holds at most {MOST_ENTRIES} entries; take one out first.");
            return Err(Refusal::new(Problem::StateConflict, detail).into());
        }
        let (id, created_at) = (tx.new_id(), tx.now());
        let entry = BlockEntry { id, kind: self.kind, value, note: self.note.clone(), created_at };
        let unique = [("block_list_once", "block_list.value", "value")];
        tx.blocked().insert(&entry).await.map_err(|error| ENTRY.taken(error, &unique))?;
        ENTRY.tell(tx, entry.id.uuid(), json!({"change": "created", "kind": entry.kind}));
        Ok(entry)
    }
}
