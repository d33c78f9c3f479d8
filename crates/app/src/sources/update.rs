use leadwright_domain::{
    events::{EventKind, NewEvent},
    fault::Refusal,
    ids::LeadSourceId,
    sources::{Direction, LeadSource},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::taken;
use crate::version;

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

impl Command for UpdateSource {
    type Out = LeadSource;

    async fn run(&self, tx: &Tx) -> Result<LeadSource, CommandError> {
        let mut source = tx.sources().get(self.id).await?.ok_or_else(|| Refusal::not_found("lead source"))?;
        version::expect(source.version, self.expected)?;
        let change = self.change.clone();
        source.name = change.name.unwrap_or(source.name);
        source.description = change.description.unwrap_or(source.description);
        source.direction = change.direction.unwrap_or(source.direction);
        source.medium = change.medium.unwrap_or(source.medium);
        source.aliases = change.aliases.unwrap_or(source.aliases);
        source.active = change.active.unwrap_or(source.active);
        if !tx.sources().update(&source).await.map_err(taken)? {
            return Err(version::stale(source.version + 1).into());
        }
        source.version += 1;
        tx.bump_config().await?;
        tx.append(NewEvent::of(
            EventKind::ConfigChanged,
            "lead_source",
            source.id.uuid(),
            json!({"change": "updated", "code": source.code}),
        ));
        Ok(source)
    }
}
