use leadwright_domain::{
    fault::{Problem, Refusal},
    tags::Tag,
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::{MOST_TAGS, TAG, taken};
use crate::setting;

/// Adds a tag to the catalogue.
#[derive(Clone, Debug)]
pub struct CreateTag {
    /// The word on the lead.
    pub name: String,
    /// Its colour, `#rrggbb`.
    pub color: Option<String>,
}

#[async_trait::async_trait]
impl Command for CreateTag {
    type Out = Tag;

    async fn run(&self, tx: &Tx) -> Result<Tag, CommandError> {
        setting::begin(tx).await?;
        if tx.tags().all().await?.len() >= MOST_TAGS {
            let detail = format!("The catalogue holds at most {MOST_TAGS} tags; take one out first.");
            return Err(Refusal::new(Problem::StateConflict, detail).into());
        }
        let tag = Tag { id: tx.new_id(), version: 1, name: self.name.clone(), color: self.color.clone() };
        tx.tags().insert(&tag).await.map_err(taken)?;
        TAG.tell(tx, tag.id.uuid(), json!({"change": "created", "name": tag.name}));
        Ok(tag)
    }
}
