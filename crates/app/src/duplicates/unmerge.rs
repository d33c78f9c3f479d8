use std::sync::Arc;

use leadwright_domain::{
    duplicates::{Parted, Snapshot, Standing, leave},
    events::{EventKind, NewEvent},
    fault::{Problem, Refusal},
    ids::LeadId,
    leads::{Lead, changes_json, diff},
};
use leadwright_persistence::{Command, CommandError, DbError, Tx, duplicates::Merge};
use serde_json::json;

use super::merge::{keys_of, write_merged};
use crate::{
    Configuration, Configurations,
    leads::{Held, score_change},
    privacy::found,
    version,
};

/// Takes a lead out again of the one that it was merged into (spec DUP-4).
#[derive(Clone, Debug)]
pub struct UnmergeLead {
    /// The lead that was merged away.
    pub id: LeadId,
    /// The version of it that the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

/// Two leads that were one.
#[derive(Clone, Debug)]
pub struct Unmerged {
    /// The lead that came back.
    pub lead: Lead,
    /// The lead that it had been merged into.
    pub master: Lead,
    /// Fields of the master that came from the other and stay, because they changed since.
    pub kept: Vec<String>,
    /// How many interactions moved back.
    pub interactions: u64,
    /// The settings by which both were scored.
    pub configuration: Arc<Configuration>,
}

#[async_trait::async_trait]
impl Command for UnmergeLead {
    type Out = Unmerged;

    async fn run(&self, tx: &Tx) -> Result<Unmerged, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let lead = found(tx.erasures(), self.id, tx.leads().get(self.id).await?).await?;
        let (merge, snapshot) = self.merge(tx, &lead).await?;
        let mut known = tx.leads().get_all(&[merge.master]).await?;
        let others = others_with_ids(tx, merge.master, self.id).await?;
        let mut ids: Vec<LeadId> = others.iter().map(|other| other.id).chain([self.id, merge.master]).collect();
        known.extend(others);
        known.push(Lead { profile: snapshot.lead.profile, ..lead });
        tx.leads().lock_keys(&keys_of(&known)).await?;
        ids.sort_unstable();
        let (lead, master, others) = self.sort(tx.leads().lock_all(&ids).await?, merge.master)?;
        let before = master.clone();
        // Only now nobody else takes apart what was merged into the same lead.
        let past = tx.duplicates().undoable(master.id).await?;
        let parted = leave(&Standing::of(&master), master.id, past, merge.id);
        let Parted { undone, left, rest } =
            parted.ok_or_else(|| forgotten().with("merged_at", json!(merge.merged_at)))?;
        tx.duplicates().rewrite(&rest).await?;
        let mut kept = undone.kept;
        let family = tx.duplicates().family_of(self.id).await?;
        let interactions = tx.interactions().hand_back(merge.master, &family, self.id).await?;
        let mut held = Held::of(master);
        undone.standing.apply(&mut held.lead);
        take_over_ids(tx, &config, &mut held.lead, others).await?;
        let master = held.write(tx, &config).await?;
        let mut held = Held::of(lead);
        let Snapshot { lead: was, archived_at, .. } = left.snapshot;
        was.apply(&mut held.lead);
        for name in leave_taken_ids(tx, &mut held.lead).await? {
            if !kept.contains(&name) {
                kept.push(name);
            }
        }
        (held.lead.merged_into, held.lead.archived_at) = (None, archived_at);
        let lead = held.write(tx, &config).await?;
        tx.duplicates().undone(merge.id).await?;
        tell(tx, &before, &master, &lead, &merge, &kept, interactions);
        Ok(Unmerged { lead, master, kept, interactions, configuration: config })
    }
}

impl UnmergeLead {
    /// The merge, if it can be taken back still.
    async fn merge(&self, tx: &Tx, lead: &Lead) -> Result<(Merge, Box<Snapshot>), CommandError> {
        version::expect(lead.version, self.expected)?;
        let refused = |detail: &str| Refusal::new(Problem::StateConflict, detail);
        let never = || refused("This lead was not merged into another; there is nothing to take back.");
        if lead.merged_into.is_none() {
            return Err(never().into());
        }
        let mut merge = tx.duplicates().merge_of(self.id).await?.ok_or_else(never)?;
        match merge.snapshot.take().filter(|_| tx.now() <= merge.undo_until) {
            Some(snapshot) => Ok((merge, snapshot)),
            None if tx.now() <= merge.undo_until => Err(forgotten().with("merged_at", json!(merge.merged_at)).into()),
            None => {
                let refusal = refused("A merge can be taken back for 30 days; these are over.");
                let refusal = refusal.with("merged_at", json!(merge.merged_at));
                Err(refusal.with("undo_until", json!(merge.undo_until)).into())
            }
        }
    }

    /// The lead, its master, and others that were merged into that, as they are now that all are held.
    fn sort(&self, found: Vec<Lead>, master: LeadId) -> Result<(Lead, Lead, Vec<Lead>), Refusal> {
        let (mut lead, rest): (Vec<Lead>, Vec<Lead>) = found.into_iter().partition(|one| one.id == self.id);
        let (mut into, others): (Vec<Lead>, Vec<Lead>) = rest.into_iter().partition(|one| one.id == master);
        let lead = lead.pop().ok_or_else(|| Refusal::not_found("lead"))?;
        let into = into.pop().ok_or_else(|| {
            Refusal::new(Problem::Forbidden, "You don't see the lead that this one was merged into; ask a manager.")
        })?;
        if lead.merged_into != Some(master) {
            let detail = "Somebody has just taken the merge back.";
            return Err(Refusal::new(Problem::StateConflict, detail));
        }
        if let Some(further) = into.merged_into {
            let detail = "The lead that this one was merged into was merged itself; take that back first.";
            let refusal = Refusal::new(Problem::Merged, detail).with("lead_id", into.id.to_string());
            return Err(refusal.with("merged_into", further.to_string()));
        }
        Ok((lead, into, others))
    }
}

/// What is needed to take the merge back is gone.
fn forgotten() -> Refusal {
    let detail = "Somebody was part of it who was erased; with them went what is needed to take it back.";
    Refusal::new(Problem::StateConflict, detail)
}

/// Other leads that were merged into this one and still have ids in other systems, because it had another id there.
async fn others_with_ids(tx: &Tx, master: LeadId, leaving: LeadId) -> Result<Vec<Lead>, DbError> {
    let family = tx.duplicates().family_of(master).await?;
    let mut others = tx.leads().get_all(&family).await?;
    others.retain(|other| {
        other.merged_into == Some(master) && other.id != leaving && !other.profile.external_ids.is_empty()
    });
    Ok(others)
}

/// Ids in other systems for which the master has room now come from the leads that were merged into it; what somebody else has
/// got meanwhile stays there.
async fn take_over_ids(
    tx: &Tx,
    config: &Arc<Configuration>,
    master: &mut Lead,
    others: Vec<Lead>,
) -> Result<(), CommandError> {
    let has = &mut master.profile.external_ids;
    for other in others.into_iter().filter(|other| other.merged_into == Some(master.id)) {
        let mut lead = other.clone();
        lead.profile.external_ids.retain(|system, id| has.get(system) != Some(id));
        if lead.profile.external_ids != other.profile.external_ids {
            write_merged(tx, config, &other, lead).await?;
        }
    }
    let wanted: Vec<(&str, &str)> = has.iter().map(|(system, id)| (system.as_str(), id.as_str())).collect();
    let taken = tx.leads().by_external_ids(&wanted).await?;
    for (system, _, _) in taken.iter().filter(|(_, _, holder)| *holder != master.id) {
        has.remove(system);
    }
    Ok(())
}

/// Ids in other systems that another lead has got meanwhile stay there.
async fn leave_taken_ids(tx: &Tx, lead: &mut Lead) -> Result<Vec<String>, CommandError> {
    let wanted: Vec<(&str, &str)> =
        lead.profile.external_ids.iter().map(|(system, id)| (system.as_str(), id.as_str())).collect();
    let taken = tx.leads().by_external_ids(&wanted).await?;
    let mut kept = Vec::new();
    for (system, _, holder) in taken {
        if holder != lead.id && lead.profile.external_ids.remove(&system).is_some() {
            kept.push(format!("external_ids.{system}"));
        }
    }
    Ok(kept)
}

fn tell(tx: &Tx, before: &Lead, master: &Lead, lead: &Lead, merge: &Merge, kept: &[String], interactions: u64) {
    let changes = diff(&before.profile, &master.profile);
    let fields: Vec<&str> = changes.iter().map(|change| change.field).collect();
    let data = json!({
        "lead_id": lead.id, "merge_id": merge.id, "fields": fields, "kept": kept, "interactions": interactions,
        "score": score_change(before, master),
    });
    tx.append(NewEvent::of_lead(EventKind::LeadsUnmerged, master.id, data).with_diff(changes_json(&changes)));
    let data = json!({"merged_into": master.id, "merge_id": merge.id, "interactions": interactions});
    tx.append(NewEvent::of_lead(EventKind::LeadUnmerged, lead.id, data));
}
