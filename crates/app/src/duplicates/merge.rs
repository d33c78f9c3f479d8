use std::{collections::BTreeMap, sync::Arc};

use chrono::TimeDelta;
use leadwright_domain::{
    duplicates::{Choices, IdentityKeys, LostValue, MadeOf, MergePlan, Snapshot, Standing, merge},
    events::{EventKind, NewEvent},
    fault::{Fault, Problem, Refusal},
    ids::{LeadId, MergeId},
    leads::{Lead, Status, changes_json, diff},
    time::Instant,
};
use leadwright_persistence::{Command, CommandError, DbError, Reader, Tx, duplicates::NewMerge, leads::Keys};
use serde_json::json;

use crate::{
    Configuration, Configurations,
    intake::Settler,
    leads::{Held, score_change},
    privacy::gone,
    version,
};

/// The most leads that are merged into one at once.
pub const MOST_AT_ONCE: usize = 50;
/// For how long a merge can be taken back.
const UNDO: TimeDelta = TimeDelta::days(30);

/// Makes one lead of several (spec DUP-4): the master stays, the others are archived and lead to it.
#[derive(Clone, Debug)]
pub struct MergeLeads {
    /// The lead that stays.
    pub master: LeadId,
    /// The leads that are merged into it.
    pub others: Vec<LeadId>,
    /// Whose value wins, where that is not the master's.
    pub choices: Choices,
    /// Whether the caller may give leads to others.
    pub may_assign: bool,
    /// The version of the master that the caller has seen, if it says so.
    pub expected: Option<i64>,
    /// The settings of organizations.
    pub configurations: Arc<Configurations>,
}

/// Leads that have become one.
#[derive(Clone, Debug)]
pub struct Merged {
    /// The master as it is.
    pub lead: Lead,
    /// The leads that lead to it now.
    pub merged: Vec<LeadId>,
    /// Whose values it has.
    pub origins: BTreeMap<String, Vec<LeadId>>,
    /// Values that it does not have.
    pub lost: Vec<LostValue>,
    /// How many interactions moved.
    pub interactions: u64,
    /// Until when it can be taken back.
    pub undo_until: Instant,
    /// The settings by which it was scored.
    pub configuration: Arc<Configuration>,
}

/// What a merge would come to.
pub type MergePreview = Merged;

#[async_trait::async_trait]
impl Command for MergeLeads {
    type Out = Merged;

    async fn run(&self, tx: &Tx) -> Result<Merged, CommandError> {
        let config = self.configurations.for_tx(tx).await?;
        let all = self.ids()?;
        let known = tx.leads().get_all(&all).await?;
        if !known.iter().any(|lead| lead.id == self.master) {
            return Err(gone(tx.erasures(), self.master).await);
        }
        tx.leads().lock_keys(&keys_of(&known)).await?;
        let (master, others) = self.sort(tx.leads().lock_all(&all).await?)?;
        let plan = self.decide(&master, &others, tx.now())?;
        let moved = tx.interactions().hand_over(&ids_of(&others), master.id).await?;
        // The others first: an id in another system belongs to one lead only.
        for other in &others {
            put_away(tx, &config, other, &master, &plan).await?;
        }
        let mut held = Held::of(master.clone());
        plan.after.clone().apply(&mut held.lead);
        let lead = held.write(tx, &config).await?;
        let undo_until = tx.now() + UNDO;
        let merges = self.merges(tx, &master, &others, &plan, undo_until);
        tx.duplicates().insert_merges(&merges).await?;
        // Keys before pairs, as whoever looks for duplicates writes them.
        tx.duplicates().forget_keys(&ids_of(&others)).await?;
        tx.duplicates().merged(&ids_of(&others)).await?;
        tell(tx, &master, &lead, &merges, &plan, moved);
        Ok(self.merged(lead, &others, plan, moved, undo_until, config))
    }
}

impl MergeLeads {
    /// What it would come to; nothing is kept.
    ///
    /// # Errors
    /// As the command.
    pub async fn preview(&self, reader: &Reader) -> Result<MergePreview, CommandError> {
        let config = self.configurations.for_reader(reader).await?;
        let (master, others) = self.sort(reader.leads().get_all(&self.ids()?).await?)?;
        let plan = self.decide(&master, &others, reader.now())?;
        let moved = reader.interactions().count_of(&ids_of(&others)).await?;
        let mut lead = master.clone();
        plan.after.clone().apply(&mut lead);
        let mut all = ids_of(&others);
        all.push(lead.id);
        let interactions = reader.interactions().of_leads(&all, &config.model.needs(reader.now())).await?;
        Settler::new(&config, reader.now()).settle(&mut lead, &interactions);
        Ok(self.merged(lead, &others, plan, moved, reader.now() + UNDO, config))
    }

    fn merged(
        &self,
        lead: Lead,
        others: &[Lead],
        plan: MergePlan,
        interactions: u64,
        undo_until: Instant,
        configuration: Arc<Configuration>,
    ) -> Merged {
        let MergePlan { origins, lost, .. } = plan;
        Merged { lead, merged: ids_of(others), origins, lost, interactions, undo_until, configuration }
    }

    /// All leads, sorted: the order in which they are locked.
    fn ids(&self) -> Result<Vec<LeadId>, Refusal> {
        let mut faults = Vec::new();
        for (at, id) in self.others.iter().enumerate() {
            let pointer = format!("#/with/{at}");
            if *id == self.master {
                faults.push(Fault::at_pointer(pointer, "itself", "A lead can't be merged into itself; leave it out."));
            } else if self.others.iter().take(at).any(|earlier| earlier == id) {
                faults.push(Fault::at_pointer(pointer, "repeated", "Name each lead once."));
            }
        }
        if self.others.is_empty() || self.others.len() > MOST_AT_ONCE {
            let detail = format!("Name 1 to {MOST_AT_ONCE} leads.");
            faults.push(Fault::in_field("with", "wrong_number", detail));
        }
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults));
        }
        let mut all = self.others.clone();
        all.push(self.master);
        all.sort_unstable();
        Ok(all)
    }

    /// The master and the others, in the order in which they were named, if all of them can take part.
    fn sort(&self, found: Vec<Lead>) -> Result<(Lead, Vec<Lead>), Refusal> {
        let mut found: BTreeMap<LeadId, Lead> = found.into_iter().map(|lead| (lead.id, lead)).collect();
        let master = found.remove(&self.master).ok_or_else(|| Refusal::not_found("lead"))?;
        let master = Held::writable(master)?;
        version::expect(master.version, self.expected)?;
        let (mut others, mut faults) = (Vec::with_capacity(self.others.len()), Vec::new());
        for (at, id) in self.others.iter().enumerate() {
            match found.remove(id) {
                Some(lead) => others.push(lead),
                None => {
                    let detail = "There is no lead with this id, or you may not see it.";
                    faults.push(Fault::at_pointer(format!("#/with/{at}"), "unknown_lead", detail));
                }
            }
        }
        if !faults.is_empty() {
            return Err(Refusal::invalid(faults));
        }
        if let Some((other, into)) = others.iter().find_map(|lead| Some((lead.id, lead.merged_into?))) {
            let detail = "One of the leads was merged into another already; merge that one.";
            let refusal = Refusal::new(Problem::Merged, detail).with("lead_id", other.to_string());
            return Err(refusal.with("merged_into", into.to_string()));
        }
        Ok((master, others))
    }

    fn decide(&self, master: &Lead, others: &[Lead], now: Instant) -> Result<MergePlan, Refusal> {
        let is_converted = |lead: &&Lead| lead.status == Status::Converted;
        if master.status != Status::Converted
            && let Some(converted) = others.iter().find(is_converted)
        {
            let detail = "One of the leads is converted already: merge the others into that one.";
            return Err(Refusal::new(Problem::StateConflict, detail).with("lead_id", converted.id.to_string()));
        }
        let plan = merge(master, others, &self.choices, now).map_err(Refusal::invalid)?;
        let gives_away = (plan.after.owner_id, plan.after.team_id) != (master.owner_id, master.team_id);
        if self.choices.contains_key("owner") && gives_away && !self.may_assign {
            let detail = "Choosing another owner gives the lead away, which needs the scope `leads:assign`.";
            return Err(Refusal::new(Problem::Forbidden, detail));
        }
        Ok(plan)
    }

    /// What is kept of each lead that goes.
    fn merges(&self, tx: &Tx, master: &Lead, others: &[Lead], plan: &MergePlan, undo_until: Instant) -> Vec<NewMerge> {
        let ids: Vec<MergeId> = others.iter().map(|_| tx.new_id()).collect();
        let Some(call) = ids.first().copied() else { return Vec::new() };
        let before = Standing::of(master);
        let snapshot = |lead: &Lead| Snapshot {
            lead: Standing::of(lead),
            archived_at: lead.archived_at,
            after: plan.after.clone(),
            made_of: Some(MadeOf {
                call,
                before: before.clone(),
                choices: self.choices.clone(),
                changed_at: lead.updated_at,
                at: tx.now(),
            }),
            without: None,
        };
        let merge = |(lead, id): (&Lead, MergeId)| NewMerge {
            id,
            master: master.id,
            lead: lead.id,
            undo_until,
            snapshot: snapshot(lead),
        };
        others.iter().zip(ids).map(merge).collect()
    }
}

fn ids_of(leads: &[Lead]) -> Vec<LeadId> {
    leads.iter().map(|lead| lead.id).collect()
}

/// By what these leads are recognized: nobody shall find one of them while it moves.
pub(super) fn keys_of(leads: &[Lead]) -> Keys {
    let mut keys = Keys::default();
    for lead in leads {
        let own = IdentityKeys::of(&lead.profile);
        keys.emails.extend(own.email_key);
        keys.phones.extend(own.phone_key);
        let external = &lead.profile.external_ids;
        keys.external.extend(external.iter().map(|(system, id)| (system.clone(), id.clone())));
    }
    keys
}

/// Archives a lead and lets it lead to the master. Ids in other systems that the master takes over go with it; the others
/// stay, so that who comes with one finds the master too.
async fn put_away(
    tx: &Tx,
    config: &Arc<Configuration>,
    other: &Lead,
    master: &Lead,
    plan: &MergePlan,
) -> Result<(), CommandError> {
    let mut lead = other.clone();
    let has = &plan.after.profile.external_ids;
    lead.profile.external_ids.retain(|system, id| has.get(system) != Some(id));
    lead.archived_at = lead.archived_at.or_else(|| Some(tx.now()));
    lead.merged_into = Some(master.id);
    write_merged(tx, config, other, lead).await
}

/// Writes a lead that is part of another.
pub(super) async fn write_merged(
    tx: &Tx,
    config: &Arc<Configuration>,
    was: &Lead,
    mut lead: Lead,
) -> Result<(), CommandError> {
    lead.version += 1;
    lead.updated_at = tx.now();
    let derived = Settler::new(config, tx.now()).derive(&lead);
    if !tx.leads().update(&lead, &derived, (was.version, was.computed_rev)).await? {
        return Err(DbError::Retry("a lead changed while it was merged".to_owned()).into());
    }
    Ok(())
}

fn tell(tx: &Tx, before: &Lead, lead: &Lead, merges: &[NewMerge], plan: &MergePlan, moved: u64) {
    let merged: Vec<LeadId> = merges.iter().map(|merge| merge.lead).collect();
    let changes = diff(&before.profile, &lead.profile);
    let fields: Vec<&str> = changes.iter().map(|change| change.field).collect();
    let data = json!({
        "merged": merged, "origins": plan.origins, "fields": fields, "interactions": moved,
        "lost": plan.lost.iter().map(|lost| json!({"field": lost.field, "lead_id": lost.lead_id})).collect::<Vec<_>>(),
        "score": score_change(before, lead),
    });
    tx.append(NewEvent::of_lead(EventKind::LeadsMerged, lead.id, data).with_diff(changes_json(&changes)));
    for merge in merges {
        let id: MergeId = merge.id;
        let data = json!({"merged_into": lead.id, "merge_id": id, "undo_until": merge.undo_until});
        tx.append(NewEvent::of_lead(EventKind::LeadMerged, merge.lead, data));
    }
}
