use std::sync::Arc;

use leadwright_domain::{
    events::{EventKind, NewEvent},
    ids::LeadId,
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::json;

use super::held::Held;
use crate::Configurations;

/// Archives a lead: it keeps its address and its history, and leaves the lists. Doing it twice changes nothing.
#[derive(Clone, Debug)]
pub struct ArchiveLead {
    /// Which.
    pub id: LeadId,
    /// The version the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

#[async_trait::async_trait]
impl Command for ArchiveLead {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let mut held = Held::lock(tx, self.id, self.expected).await?;
        if held.lead.archived_at.is_some() {
            return Ok(());
        }
        held.lead.archived_at = Some(tx.now());
        held.write(tx, &self.configurations.for_tx(tx).await?).await?;
        tx.append(NewEvent::of_lead(EventKind::LeadArchived, self.id, json!({})));
        Ok(())
    }
}
