use leadwright_domain::{
    fault::{Problem, Refusal},
    ids::SuggestionId,
    suggestions::{Suggestion, SuggestionState},
};
use leadwright_persistence::{Command, CommandError, Tx};

/// Says that a suggested value is not wanted: the same writer's same value does not come back.
#[derive(Clone, Debug)]
pub struct DismissSuggestion {
    /// Which.
    pub id: SuggestionId,
}

#[async_trait::async_trait]
impl Command for DismissSuggestion {
    type Out = Suggestion;

    async fn run(&self, tx: &Tx) -> Result<Suggestion, CommandError> {
        let missing = || Refusal::not_found("suggestion");
        let known = tx.suggestions().get(self.id).await?.ok_or_else(missing)?;
        tx.leads().lock(known.lead_id).await?.ok_or_else(missing)?;
        let known = tx.suggestions().get(self.id).await?.ok_or_else(missing)?;
        match known.state {
            SuggestionState::Dismissed => Ok(known),
            SuggestionState::Accepted => {
                let detail = "This value was taken over already; change the field of the lead instead.";
                let refusal = Refusal::new(Problem::StateConflict, detail).with("state", known.state.as_str());
                Err(refusal.with("lead_id", known.lead_id.to_string()).into())
            }
            SuggestionState::Open => {
                let dismissed = known.decided(SuggestionState::Dismissed, tx.scope().actor, tx.now());
                tx.suggestions().write(std::slice::from_ref(&dismissed)).await?;
                Ok(dismissed)
            }
        }
    }
}
