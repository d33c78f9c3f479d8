//! A lead in the hands of a command: loaded and locked, changed, settled, written.

use std::sync::Arc;

use leadwright_domain::{
    fault::{Problem, Refusal},
    ids::LeadId,
    leads::Lead,
};
use leadwright_persistence::{CommandError, DbError, Tx};
use serde_json::{Value, json};

use crate::{Configuration, intake::Settler, privacy::found, version};

/// A lead that this transaction holds.
pub(crate) struct Held {
    pub(crate) lead: Lead,
    read_at: (i64, i64),
}

impl Held {
    /// Locks the lead; checks that the caller sees it, and has seen its version if they say so.
    pub(super) async fn lock(tx: &Tx, id: LeadId, expected: Option<i64>) -> Result<Self, CommandError> {
        let lead = found(tx.erasures(), id, tx.leads().lock(id).await?).await?;
        not_merged(&lead)?;
        version::expect(lead.version, expected)?;
        Ok(Self::of(lead))
    }

    /// A lead that this transaction has locked already.
    pub(crate) fn of(lead: Lead) -> Self {
        let read_at = (lead.version, lead.computed_rev);
        Self { lead, read_at }
    }

    /// The same, for a change that an archived lead must not get.
    pub(super) async fn lock_active(tx: &Tx, id: LeadId, expected: Option<i64>) -> Result<Self, CommandError> {
        let held = Self::lock(tx, id, expected).await?;
        not_archived(&held.lead)?;
        Ok(held)
    }

    /// A lead that is only read, if it could be changed: for previews.
    pub(crate) fn writable(lead: Lead) -> Result<Lead, Refusal> {
        not_merged(&lead)?;
        not_archived(&lead)?;
        Ok(lead)
    }

    /// Settles and writes the changed lead under its next version: a person or an integration changed it.
    pub(crate) async fn write(mut self, tx: &Tx, config: &Arc<Configuration>) -> Result<Lead, CommandError> {
        self.lead.version += 1;
        self.settled(tx, config).await
    }

    /// Settles and writes the lead under its next revision: only what is computed has changed.
    pub(super) async fn write_computed(mut self, tx: &Tx, config: &Arc<Configuration>) -> Result<Lead, CommandError> {
        self.lead.computed_rev += 1;
        self.settled(tx, config).await
    }

    async fn settled(mut self, tx: &Tx, config: &Arc<Configuration>) -> Result<Lead, CommandError> {
        self.lead.updated_at = tx.now();
        let needs = config.model.needs(tx.now());
        let interactions = tx.interactions().of_leads(&[self.lead.id], &needs).await?;
        let (derived, _) = Settler::new(config, tx.now()).settle(&mut self.lead, &interactions);
        if !tx.leads().update(&self.lead, &derived, self.read_at).await.map_err(taken)? {
            return Err(DbError::Retry("the lead changed while it was held".to_owned()).into());
        }
        Ok(self.lead)
    }
}

/// Refuses a lead that was merged into another.
pub(crate) fn not_merged(lead: &Lead) -> Result<(), Refusal> {
    let Some(master) = lead.merged_into else { return Ok(()) };
    let detail = "This lead was merged into another; write to that one.";
    Err(Refusal::new(Problem::Merged, detail).with("merged_into", master.to_string()))
}

fn not_archived(lead: &Lead) -> Result<(), Refusal> {
    if lead.archived_at.is_none() {
        return Ok(());
    }
    let detail = format!("This lead is archived; bring it back with POST /api/v1/leads/{}/restore first.", lead.id);
    Err(Refusal::new(Problem::Archived, detail))
}

/// The score before and after, for the log.
pub(crate) fn score_change(before: &Lead, after: &Lead) -> Value {
    json!({"before": before.score.total, "after": after.score.total})
}

/// An id in another system belongs to one lead only.
fn taken(error: DbError) -> CommandError {
    if error.violates("lead_external_ids_once", "lead_external_ids.external_id") {
        return external_id_taken().into();
    }
    error.into()
}

/// The refusal of an id in another system that another lead has.
pub(super) fn external_id_taken() -> Refusal {
    let detail = "Another lead has one of these external ids; an id in another system belongs to one lead.";
    Refusal::new(Problem::AlreadyExists, detail).with("field", "external_ids")
}
