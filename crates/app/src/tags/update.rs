use leadwright_domain::{ids::TagId, tags::Tag};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::{TAG, taken};
use crate::setting;

/// What to change; `None` leaves as it is.
#[derive(Clone, Debug, Default)]
pub struct TagChange {
    /// The word on the lead.
    pub name: Option<String>,
    /// Its colour; `Some(None)` takes it away.
    pub color: Option<Option<String>>,
}

/// Changes a tag of the catalogue. Leads keep the words they carry.
#[derive(Clone, Debug)]
pub struct UpdateTag {
    /// Which.
    pub id: TagId,
    /// What to change.
    pub change: TagChange,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for UpdateTag {
    type Out = Tag;

    async fn run(&self, tx: &Tx) -> Result<Tag, CommandError> {
        setting::begin(tx).await?;
        let mut tag = TAG.found(tx.tags().get(self.id).await?, |tag| tag.version, self.expected)?;
        let change = self.change.clone();
        tag.name = change.name.unwrap_or(tag.name);
        tag.color = change.color.unwrap_or(tag.color);
        setting::written(tx.tags().update(&tag).await.map_err(taken)?, tag.version)?;
        tag.version += 1;
        TAG.tell(tx, tag.id.uuid(), json!({"change": "updated", "name": tag.name}));
        Ok(tag)
    }
}
