use leadwright_domain::{
    ids::LeadSourceId,
    sources::{Direction, LeadSource},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::{SOURCE, taken};
use crate::setting;

/// What to change; `None` leaves as it is, and for what can be cleared `Some(None)` clears.
#[derive(Clone, Debug, Default)]
pub struct SourceChange {
    /// The name for people.
    pub name: Option<String>,
    /// What it is.
    pub description: Option<Option<String>>,
    /// Who made the first step.
    pub direction: Option<Direction>,
    /// Its medium.
    pub medium: Option<Option<String>>,
    /// Other words for it.
    pub aliases: Option<Vec<String>>,
    /// Whether new leads may come from it.
    pub active: Option<bool>,
}

/// Changes a source. The code stays: programs rely on it.
#[derive(Clone, Debug)]
pub struct UpdateSource {
    /// Which.
    pub id: LeadSourceId,
    /// What to change.
    pub change: SourceChange,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
}

#[async_trait::async_trait]
impl Command for UpdateSource {
    type Out = LeadSource;

    async fn run(&self, tx: &Tx) -> Result<LeadSource, CommandError> {
        setting::begin(tx).await?;
        let found = tx.sources().get(self.id).await?;
        let mut source = SOURCE.found(found, |source| source.version, self.expected)?;
        let change = self.change.clone();
        source.name = change.name.unwrap_or(source.name);
        source.description = change.description.unwrap_or(source.description);
        source.direction = change.direction.unwrap_or(source.direction);
        source.medium = change.medium.unwrap_or(source.medium);
        source.aliases = change.aliases.unwrap_or(source.aliases);
        source.active = change.active.unwrap_or(source.active);
        setting::written(tx.sources().update(&source).await.map_err(taken)?, source.version)?;
        source.version += 1;
        SOURCE.tell(tx, source.id.uuid(), json!({"change": "updated", "code": source.code}));
        Ok(source)
    }
}
