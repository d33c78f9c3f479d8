//! Changing some leads within a transaction, with one set of statements for all of them.

use std::{collections::HashMap, sync::Arc};

use leadwright_domain::{
    bulk_actions::{Action, BulkCounts, Failure, Kept},
    fault::Refusal,
    ids::{BulkActionId, LeadId},
    interactions::Interaction,
    leads::Lead,
    precedence::{Writer, Written},
};
use leadwright_persistence::{CommandError, DbError, Tx, leads::Derived};

use super::decide::{Decider, told};
use crate::{Configuration, intake::Settler};

/// What came of some leads.
#[derive(Clone, Debug, Default)]
pub(super) struct Changes {
    pub(super) counts: BulkCounts,
    pub(super) failures: Vec<Failure>,
    pub(super) before: Vec<Kept>,
}

/// A bulk action, as far as leads care.
pub(super) struct Ordered<'a> {
    pub(super) id: BulkActionId,
    pub(super) action: &'a Action,
    /// How the leads were, where they are to be put back.
    pub(super) before: &'a [Kept],
}

/// Interactions by their leads.
pub(super) fn by_lead(interactions: Vec<Interaction>) -> HashMap<LeadId, Vec<Interaction>> {
    let mut by_lead: HashMap<LeadId, Vec<Interaction>> = HashMap::new();
    for one in interactions {
        by_lead.entry(one.lead_id).or_default().push(one);
    }
    by_lead
}

impl Ordered<'_> {
    /// Changes the leads that may be changed, and tells of each.
    pub(super) async fn change(
        &self,
        tx: &Tx,
        config: &Arc<Configuration>,
        ids: &[LeadId],
    ) -> Result<Changes, CommandError> {
        let leads = tx.leads().lock_all(ids).await?;
        let interactions = by_lead(tx.interactions().of_leads(ids, &config.model.needs(tx.now())).await?);
        let before = self.before.iter().map(|kept| (kept.lead, kept)).collect();
        let decider = Decider {
            action: self.action,
            config,
            now: tx.now(),
            written: Written::new(Writer::of(tx.scope().actor), tx.now()),
            before,
        };
        let settler = Settler::new(config, tx.now());
        let mut changes = Changes::default();
        let mut written: Vec<(Lead, Derived, (i64, i64))> = Vec::new();
        let found: HashMap<LeadId, &Lead> = leads.iter().map(|lead| (lead.id, lead)).collect();
        for id in ids {
            let decided = found.get(id).ok_or_else(|| Refusal::not_found("lead"));
            match decided.and_then(|lead| Ok((lead, decider.decide(lead)?))) {
                Err(refusal) => changes.failures.push(Failure::of(*id, refusal)),
                Ok((_, None)) => changes.counts.unchanged += 1,
                Ok((lead, Some(change))) => {
                    let mut after = change.after;
                    (after.version, after.updated_at) = (lead.version + 1, tx.now());
                    let done = interactions.get(id).map_or(&[][..], Vec::as_slice);
                    let (derived, _) = settler.settle(&mut after, done);
                    let kept = |before| Kept { lead: *id, version: after.version, before };
                    changes.before.extend(change.prior.map(kept));
                    tx.append(told(tx, self.id, self.action, lead, &after, &change.happened));
                    written.push((after, derived, (lead.version, lead.computed_rev)));
                }
            }
        }
        let changed: Vec<_> = written.iter().map(|(lead, derived, read_at)| (lead, derived, *read_at)).collect();
        if !tx.leads().update_all(&changed).await? {
            return Err(DbError::Retry("a lead changed while it was held".to_owned()).into());
        }
        changes.counts.changed = written.len() as u64;
        changes.counts.fail(&changes.failures);
        Ok(changes)
    }
}
