use std::sync::Arc;

use leadwright_domain::{
    events::{EventKind, NewEvent},
    fault::{Fault, Refusal},
    ids::LeadId,
    interactions::{Interaction, NewInteraction, withdraw_consent},
    leads::{ChangedField, Lead, changes_json},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::{Value, json};

use super::held::{Held, score_change};
use crate::{Configuration, Configurations};

/// The most interactions in one call.
pub const MOST_INTERACTIONS: usize = 1_000;

/// Records what a lead did, and scores it anew.
#[derive(Clone, Debug)]
pub struct RecordInteractions {
    /// Whose.
    pub id: LeadId,
    /// What it did.
    pub done: Vec<NewInteraction>,
    /// Whether they came as a list, so that faults point into it.
    pub listed: bool,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

/// What was recorded, and what it did to the lead.
#[derive(Clone, Debug)]
pub struct Recorded {
    /// What was recorded, in the order in which it was told.
    pub interactions: Vec<Interaction>,
    /// The lead as it was.
    pub before: Lead,
    /// The lead as it is.
    pub lead: Lead,
    /// The settings by which it was scored.
    pub configuration: Arc<Configuration>,
}

#[async_trait::async_trait]
impl Command for RecordInteractions {
    type Out = Recorded;

    async fn run(&self, tx: &Tx) -> Result<Recorded, CommandError> {
        let configuration = self.configurations.for_tx(tx).await?;
        let mut held = Held::lock_active(tx, self.id, None).await?;
        let before = held.lead.clone();
        let interactions = self.recorded(tx)?;
        tx.interactions().insert_all(&interactions).await?;
        let by_people = interactions.iter().filter(|one| !one.machine).map(|one| one.occurred_at);
        held.lead.last_interaction_at = by_people.chain(held.lead.last_interaction_at).max();
        let unsubscribed = withdraw_consent(&mut held.lead.profile, &interactions);
        let lead = if unsubscribed {
            held.write(tx, &configuration).await?
        } else {
            held.write_computed(tx, &configuration).await?
        };
        tell(tx, &before, &lead, &interactions);
        Ok(Recorded { interactions, before, lead, configuration })
    }
}

impl RecordInteractions {
    fn recorded(&self, tx: &Tx) -> Result<Vec<Interaction>, Refusal> {
        let (mut recorded, mut faults) = (Vec::with_capacity(self.done.len()), Vec::new());
        if self.done.is_empty() || self.done.len() > MOST_INTERACTIONS {
            let detail = format!("Send 1 to {MOST_INTERACTIONS} interactions at once.");
            faults.push(Fault::at_pointer("#", "wrong_number", detail));
        }
        for (at, told) in self.done.iter().enumerate() {
            match told.recorded(tx.new_id(), self.id, tx.now()) {
                Ok(interaction) => recorded.push(interaction),
                Err(fault) if self.listed => faults.push(fault.under(&format!("#/{at}"))),
                Err(fault) => faults.push(fault),
            }
        }
        if faults.is_empty() { Ok(recorded) } else { Err(Refusal::invalid(faults)) }
    }
}

fn tell(tx: &Tx, before: &Lead, lead: &Lead, done: &[Interaction]) {
    let shown = |one: &Interaction| json!({"id": one.id, "kind": one.kind, "occurred_at": one.occurred_at});
    let data = json!({"count": done.len(), "interactions": done.iter().map(shown).collect::<Vec<Value>>()});
    tx.append(NewEvent::of_lead(EventKind::InteractionRecorded, lead.id, data));
    if before.profile.consent != lead.profile.consent {
        let change = ChangedField {
            field: "consent",
            before: before.profile.json("consent"),
            after: lead.profile.json("consent"),
        };
        let data = json!({"fields": ["consent"], "channel": "unsubscribed", "score": score_change(before, lead)});
        tx.append(NewEvent::of_lead(EventKind::LeadUpdated, lead.id, data).with_diff(changes_json(&[change])));
    }
    if before.score.total != lead.score.total {
        let rating = json!({"before": before.rating(), "after": lead.rating()});
        let data = json!({"score": score_change(before, lead), "rating": rating, "cause": "interactions"});
        tx.append(NewEvent::of_lead(EventKind::LeadScored, lead.id, data));
    }
}
