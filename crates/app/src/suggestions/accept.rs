use std::sync::Arc;

use leadwright_domain::{
    fault::Refusal,
    ids::SuggestionId,
    leads::{Lead, RawLead},
    suggestions::{Suggestion, SuggestionState},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::{Value, json};

use crate::{Configuration, Configurations, leads::UpdateLead};

/// Takes a suggested value over: it is written as the word of whoever accepts it, as any other change of the lead.
#[derive(Clone, Debug)]
pub struct AcceptSuggestion {
    /// Which.
    pub id: SuggestionId,
    /// The version of the lead that the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

/// A suggestion that was taken over.
#[derive(Clone, Debug)]
pub struct Accepted {
    /// The suggestion.
    pub suggestion: Suggestion,
    /// The lead as it is now.
    pub lead: Lead,
    /// The settings by which it was read.
    pub configuration: Arc<Configuration>,
}

#[async_trait::async_trait]
impl Command for AcceptSuggestion {
    type Out = Accepted;

    async fn run(&self, tx: &Tx) -> Result<Accepted, CommandError> {
        let missing = || Refusal::not_found("suggestion");
        let before = tx.suggestions().get(self.id).await?.ok_or_else(missing)?;
        if before.state == SuggestionState::Accepted {
            let lead = tx.leads().get(before.lead_id).await?.ok_or_else(missing)?;
            let configuration = self.configurations.for_tx(tx).await?;
            return Ok(Accepted { suggestion: before, lead, configuration });
        }
        let update = UpdateLead {
            id: before.lead_id,
            patch: patch(&before),
            expected: self.expected,
            accepting: Some(self.id),
            configurations: Arc::clone(&self.configurations),
        };
        let updated = Box::pin(update.run(tx)).await?;
        // The lead is held from here on: whoever was faster has decided.
        let suggestion = match tx.suggestions().get(self.id).await? {
            Some(decided) if decided.state == SuggestionState::Accepted => decided,
            _ => {
                let accepted = before.decided(SuggestionState::Accepted, tx.scope().actor, tx.now());
                tx.suggestions().write(std::slice::from_ref(&accepted)).await?;
                accepted
            }
        };
        Ok(Accepted { suggestion, lead: updated.lead, configuration: updated.configuration })
    }
}

/// The merge patch that a suggestion stands for.
fn patch(suggestion: &Suggestion) -> RawLead {
    let value = suggestion.value.clone();
    let (name, value): (&str, Value) = match suggestion.field.strip_prefix("custom.") {
        Some(key) => ("custom", json!({ key: value })),
        None => (&suggestion.field, value),
    };
    [(name.to_owned(), value)].into_iter().collect()
}
