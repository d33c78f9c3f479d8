use std::sync::Arc;

use leadwright_domain::{
    events::{EventKind, NewEvent},
    fault::Refusal,
    ids::LeadId,
    leads::{Lead, Mode, Occasion, RawLead, merge_bant},
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::held::{Held, score_change};
use crate::{Configurations, intake::rules};

/// Changes the budget, authority, need, timeline record by a merge patch (spec QUA-1).
#[derive(Clone, Debug)]
pub struct ChangeBant {
    /// Whose.
    pub id: LeadId,
    /// The patch.
    pub patch: RawLead,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

#[async_trait::async_trait]
impl Command for ChangeBant {
    type Out = Lead;

    async fn run(&self, tx: &Tx) -> Result<Lead, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let mut held = Held::lock_active(tx, self.id, self.expected).await?;
        let before = held.lead.clone();
        let rules = rules(&config, Mode::Strict, Occasion::Change);
        let bant = merge_bant(&before.bant, &self.patch, "#", &rules).map_err(Refusal::invalid)?;
        if bant == before.bant {
            return Ok(before);
        }
        held.lead.bant = bant;
        let lead = held.write(tx, &config).await?;
        tx.append(bant_changed(&before, &lead));
        Ok(lead)
    }
}

/// Tells that the record changed.
pub fn bant_changed(before: &Lead, lead: &Lead) -> NewEvent {
    let diff = json!({"bant": [before.bant, lead.bant]});
    let data = json!({"completeness": lead.bant.completeness(), "score": score_change(before, lead)});
    NewEvent::of_lead(EventKind::LeadBantChanged, lead.id, data).with_diff(diff)
}
