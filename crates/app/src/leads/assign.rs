use std::sync::Arc;

use leadwright_domain::{
    events::{EventKind, NewEvent},
    fault::Refusal,
    ids::LeadId,
    leads::Lead,
    routing::{AssignReason, Handover, Holder, hand_over},
};
use leadwright_persistence::{Command, CommandError, Reader, Tx};
use serde_json::{Value, json};

use super::{held::Held, move_lead::noted};
use crate::{Configuration, Configurations, privacy::found, version};

/// Gives a lead to somebody, or takes it back (spec ROU-4).
#[derive(Clone, Debug)]
pub struct AssignLead {
    /// Which.
    pub id: LeadId,
    /// To whom.
    pub wish: Handover,
    /// Why.
    pub reason: AssignReason,
    /// Why, in words.
    pub note: Option<String>,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

#[async_trait::async_trait]
impl Command for AssignLead {
    type Out = (Lead, Arc<Configuration>);

    async fn run(&self, tx: &Tx) -> Result<Self::Out, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let mut held = Held::lock_active(tx, self.id, self.expected).await?;
        let before = Holder::of(&held.lead);
        let after = self.decide(before, &config)?;
        if after == before {
            return Ok((held.lead, config));
        }
        after.apply(&mut held.lead);
        let lead = held.write(tx, &config).await?;
        let data = assigned("assigned", before, after, json!({"reason": self.reason}));
        tx.append(noted(NewEvent::of_lead(EventKind::LeadAssigned, lead.id, data), self.note.as_deref()));
        Ok((lead, config))
    }
}

impl AssignLead {
    fn decide(&self, now: Holder, config: &Configuration) -> Result<Holder, Refusal> {
        hand_over(now, &self.wish, &config.users, &config.teams).map_err(Refusal::invalid)
    }

    /// The lead as it would be; nothing is kept.
    ///
    /// # Errors
    /// As the command.
    pub async fn preview(&self, reader: &Reader) -> Result<(Lead, Arc<Configuration>), CommandError> {
        let config = self.configurations.for_reader(reader).await?;
        let lead = found(reader.erasures(), self.id, reader.leads().get(self.id).await?).await?;
        version::expect(lead.version, self.expected)?;
        let mut lead = Held::writable(lead)?;
        self.decide(Holder::of(&lead), &config)?.apply(&mut lead);
        Ok((lead, config))
    }
}

/// What the log keeps of a handover.
pub(crate) fn assigned(how: &str, before: Holder, after: Holder, more: Value) -> Value {
    let mut data = json!({"how": how, "before": before, "after": after});
    if let (Some(data), Value::Object(more)) = (data.as_object_mut(), more) {
        data.extend(more);
    }
    data
}
