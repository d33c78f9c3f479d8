use leadwright_domain::{
    duplicates::{DuplicatePair, PairState},
    events::{EventKind, NewEvent},
    fault::{Problem, Refusal},
    ids::DuplicatePairId,
};
use leadwright_persistence::{Command, CommandError, DbError, Tx, duplicates::Decision};
use serde_json::json;

/// Says that two suspected duplicates are two people, or takes that back.
#[derive(Clone, Debug)]
pub struct DecidePair {
    /// Which pair.
    pub id: DuplicatePairId,
    /// Whether they are two people; otherwise the question is open again.
    pub two_people: bool,
    /// What there is to say about it.
    pub note: Option<String>,
}

#[async_trait::async_trait]
impl Command for DecidePair {
    type Out = DuplicatePair;

    async fn run(&self, tx: &Tx) -> Result<DuplicatePair, CommandError> {
        let pair = tx.duplicates().get(self.id).await?.ok_or_else(|| Refusal::not_found("pair"))?;
        let (from, to) = match self.two_people {
            true => (PairState::Open, PairState::Dismissed),
            false => (PairState::Dismissed, PairState::Open),
        };
        if pair.state == to {
            return Ok(pair);
        }
        if pair.state != from {
            let detail = "The question has settled itself: the leads were merged, archived, or are not alike any more.";
            return Err(Refusal::new(Problem::StateConflict, detail).with("state", pair.state.as_str()).into());
        }
        let by = self.two_people.then_some(tx.scope().actor);
        let decision = Decision { state: to, note: self.note.clone(), by };
        if !tx.duplicates().decide(&pair, &decision).await? {
            return Err(DbError::Retry("the pair changed while it was read".to_owned()).into());
        }
        let data = json!({"state": to, "lead_id": pair.lead_id, "other_id": pair.other_id});
        tx.append(NewEvent::of(EventKind::DuplicateDecided, "duplicate_pair", pair.id.uuid(), data));
        Ok(tx.duplicates().get(self.id).await?.ok_or_else(|| Refusal::not_found("pair"))?)
    }
}
