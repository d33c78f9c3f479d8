use std::sync::Arc;

use leadwright_domain::{
    events::{EventKind, NewEvent},
    ids::LeadId,
    leads::Lead,
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::held::Held;
use crate::{Configuration, Configurations};

/// Brings an archived lead back. One that is not archived stays as it is.
#[derive(Clone, Debug)]
pub struct RestoreLead {
    /// Which.
    pub id: LeadId,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

#[async_trait::async_trait]
impl Command for RestoreLead {
    type Out = (Lead, Arc<Configuration>);

    async fn run(&self, tx: &Tx) -> Result<Self::Out, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let mut held = Held::lock(tx, self.id, self.expected).await?;
        if held.lead.archived_at.is_none() {
            return Ok((held.lead, config));
        }
        held.lead.archived_at = None;
        let lead = held.write(tx, &config).await?;
        tx.append(NewEvent::of_lead(EventKind::LeadRestored, self.id, json!({"channel": "user"})));
        Ok((lead, config))
    }
}
