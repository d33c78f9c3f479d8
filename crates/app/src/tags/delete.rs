use leadwright_domain::ids::TagId;
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::TAG;
use crate::setting;

/// Takes a tag out of the catalogue. Leads keep the words they carry.
#[derive(Clone, Debug)]
pub struct DeleteTag {
    /// Which.
    pub id: TagId,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for DeleteTag {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        setting::begin(tx).await?;
        let tag = TAG.found(tx.tags().get(self.id).await?, |tag| tag.version, self.expected)?;
        setting::written(tx.tags().delete(&tag).await?, tag.version)?;
        TAG.tell(tx, tag.id.uuid(), json!({"change": "deleted", "name": tag.name}));
        Ok(())
    }
}
