use leadwright_domain::{fault::Refusal, ids::BlockEntryId};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::ENTRY;
use crate::setting;

/// Takes an entry out of the block list. What it held back stays in quarantine until somebody releases it.
#[derive(Clone, Copy, Debug)]
pub struct RemoveFromBlockList(pub BlockEntryId);

#[async_trait::async_trait]
impl Command for RemoveFromBlockList {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        setting::begin(tx).await?;
        if !tx.blocked().delete(self.0).await? {
            return Err(Refusal::not_found(ENTRY.name).into());
        }
        ENTRY.tell(tx, self.0.uuid(), json!({"change": "deleted"}));
        Ok(())
    }
}
