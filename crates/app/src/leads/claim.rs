use std::sync::Arc;

use leadwright_domain::{
    events::{EventKind, NewEvent},
    fault::{Problem, Refusal},
    ids::LeadId,
    leads::Lead,
    routing::Holder,
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::{assign::assigned, held::Held};
use crate::{Configuration, Configurations};

/// Takes an unassigned lead for oneself (spec ROU-7).
#[derive(Clone, Debug)]
pub struct ClaimLead {
    /// Which.
    pub id: LeadId,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

#[async_trait::async_trait]
impl Command for ClaimLead {
    type Out = (Lead, Arc<Configuration>);

    async fn run(&self, tx: &Tx) -> Result<Self::Out, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let Some(me) = tx.scope().user() else {
            let detail =
                "Only a person can claim a lead; a program assigns it with POST /api/v1/leads/{lead_id}/assign.";
            return Err(Refusal::new(Problem::Forbidden, detail).into());
        };
        let mut held = Held::lock_active(tx, self.id, self.expected).await?;
        let before = Holder::of(&held.lead);
        match before.owner_id {
            Some(owner) if owner == me => return Ok((held.lead, config)),
            Some(owner) => {
                let detail = "Somebody works on this lead already; ask a manager to assign it to you.";
                return Err(Refusal::new(Problem::StateConflict, detail).with("owner_id", owner.to_string()).into());
            }
            None => {}
        }
        let after = before.with_owner(me, &config.teams);
        after.apply(&mut held.lead);
        let lead = held.write(tx, &config).await?;
        tx.append(NewEvent::of_lead(EventKind::LeadAssigned, lead.id, assigned("claimed", before, after, json!({}))));
        Ok((lead, config))
    }
}
