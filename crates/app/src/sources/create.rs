use leadwright_domain::{
    fault::{Fault, Refusal},
    sources::{Direction, LeadSource, code_from_name},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::{SOURCE, taken};
use crate::setting;

/// Adds a source to the catalogue.
#[derive(Clone, Debug)]
pub struct CreateSource {
    /// A stable word for programs; made from the name when absent.
    pub code: Option<String>,
    /// The name for people.
    pub name: String,
    /// What it is.
    pub description: Option<String>,
    /// Who made the first step.
    pub direction: Direction,
    /// Its medium.
    pub medium: Option<String>,
    /// Other words for it.
    pub aliases: Vec<String>,
}

#[async_trait::async_trait]
impl Command for CreateSource {
    type Out = LeadSource;

    async fn run(&self, tx: &Tx) -> Result<LeadSource, CommandError> {
        let code = self.code.clone().unwrap_or_else(|| code_from_name(&self.name));
        if code.is_empty() {
            let detail = "The name has no letters or digits to make a code of; send a `code`.";
            return Err(Refusal::invalid(vec![Fault::in_field("code", "required", detail)]).into());
        }
        let source = LeadSource {
            id: tx.new_id(),
            version: 1,
            code,
            name: self.name.clone(),
            description: self.description.clone(),
            direction: self.direction,
            medium: self.medium.clone(),
            aliases: self.aliases.clone(),
            active: true,
        };
        setting::begin(tx).await?;
        tx.sources().insert(&source).await.map_err(taken)?;
        SOURCE.tell(tx, source.id.uuid(), json!({"change": "created", "code": source.code}));
        Ok(source)
    }
}
