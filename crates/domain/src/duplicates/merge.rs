//! How several leads become one, and whose value wins (spec DUP-4).

use std::collections::{BTreeMap, BTreeSet};

use serde::{Deserialize, Serialize};
use serde_json::{Value, json};

use super::{Policy, merge_into, unite_bant};
use crate::{
    fault::{Fault, escape_pointer, nearest},
    ids::{LeadId, LeadSourceId, TeamId, UserId},
    leads::{
        FieldKind, LEAD_FIELDS, Lead, Profile,
        parts::{Bant, Sla},
    },
    precedence::Provenance,
    time::Instant,
};

/// Whose value wins, by the name of the field; custom fields are `custom.<key>`.
pub type Choices = BTreeMap<String, LeadId>;

/// What a merge changes of a lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Standing {
    /// What is known.
    pub profile: Profile,
    /// Budget, authority, need, timeline.
    pub bant: Bant,
    /// Where it came from.
    pub source_id: LeadSourceId,
    /// Who works on it.
    pub owner_id: Option<UserId>,
    /// The team it belongs to.
    pub team_id: Option<TeamId>,
    /// The human scorecard.
    pub grade: Option<i64>,
    /// The promise to respond.
    pub sla: Sla,
    /// First human contact.
    pub first_responded_at: Option<Instant>,
    /// The newest interaction.
    pub last_interaction_at: Option<Instant>,
}

impl Standing {
    /// How a lead stands.
    pub fn of(lead: &Lead) -> Self {
        Self {
            profile: lead.profile.clone(),
            bant: lead.bant.clone(),
            source_id: lead.source_id,
            owner_id: lead.owner_id,
            team_id: lead.team_id,
            grade: lead.grade,
            sla: lead.sla,
            first_responded_at: lead.first_responded_at,
            last_interaction_at: lead.last_interaction_at,
        }
    }

    /// Lets a lead stand so.
    pub fn apply(self, lead: &mut Lead) {
        lead.profile = self.profile;
        lead.bant = self.bant;
        lead.source_id = self.source_id;
        (lead.owner_id, lead.team_id) = (self.owner_id, self.team_id);
        lead.grade = self.grade;
        lead.sla = self.sla;
        lead.first_responded_at = self.first_responded_at;
        lead.last_interaction_at = self.last_interaction_at;
    }
}

/// A value that the merged lead does not have.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct LostValue {
    /// The field.
    pub field: String,
    /// Whose it was.
    pub lead_id: LeadId,
    /// What it was.
    pub value: Value,
}

/// What a merge comes to.
#[derive(Clone, Debug, PartialEq)]
pub struct MergePlan {
    /// The master as it will stand.
    pub after: Standing,
    /// Whose values it has, by field; several where values are united.
    pub origins: BTreeMap<String, Vec<LeadId>>,
    /// Values that it will not have. The leads that are merged keep them.
    pub lost: Vec<LostValue>,
}

/// What is not a field of the profile and can be chosen all the same.
const PARTS: [&str; 3] = ["owner", "source", "bant"];
/// What is united and belongs to nobody alone.
const UNITED: [&str; 3] = ["consent", "external_ids", "custom"];

/// The order in which blanks are filled: the lead that changed last comes first.
pub fn newest_first(others: &[Lead]) -> Vec<&Lead> {
    let mut sorted: Vec<&Lead> = others.iter().collect();
    sorted.sort_by_key(|lead| std::cmp::Reverse((lead.updated_at, lead.id)));
    sorted
}

/// Decides what the master will be. Where nothing is chosen its own values stay, and what it lacks comes from the newest
/// of the others that has it; lists, notes, consents, ids and custom fields are united.
///
/// # Errors
/// A choice names no field, no lead of the merge, or a lead that has no such value.
pub fn merge(master: &Lead, others: &[Lead], choices: &Choices, now: Instant) -> Result<MergePlan, Vec<Fault>> {
    let faults = faults(master, others, choices);
    if !faults.is_empty() {
        return Err(faults);
    }
    let others = newest_first(others);
    let standings: Vec<(LeadId, Standing)> = others.iter().map(|lead| (lead.id, Standing::of(lead))).collect();
    let after = unite_all((master.id, &Standing::of(master)), &standings, choices, now);
    let origins = origins(master, &others, &after, choices);
    let lost = lost(master, &others, &after);
    Ok(MergePlan { after, origins, lost })
}

/// What a lead becomes with others, of which the first fill first; a choice holds where the lead that was chosen is one of them
/// and has such a value.
pub(super) fn unite_all(
    master: (LeadId, &Standing),
    others: &[(LeadId, Standing)],
    choices: &Choices,
    now: Instant,
) -> Standing {
    let all = || std::iter::once(master).chain(others.iter().map(|(id, standing)| (*id, standing)));
    let standings: Vec<&Standing> = all().map(|(_, standing)| standing).collect();
    let mut after = united(&standings, now);
    for (field, chosen) in choices {
        let has = |standing: &&Standing| !lacks(&standing.profile, field);
        if let Some(chosen) = all().find(|(id, _)| id == chosen).map(|(_, standing)| standing).filter(has) {
            choose(&mut after, field, chosen);
        }
    }
    after.profile.derive_seniority();
    let parts: Vec<&Profile> = standings.iter().map(|standing| &standing.profile).collect();
    Provenance::follow(&mut after.profile, &parts);
    after
}

/// The first is the master.
fn united(all: &[&Standing], now: Instant) -> Standing {
    let mut after = all[0].clone();
    for other in &all[1..] {
        after.profile = merge_into(&after.profile, &other.profile, Policy::FillBlanks).0;
        after.bant = unite_bant(&after.bant, &other.bant, Policy::FillBlanks);
        after.grade = after.grade.or(other.grade);
        if after.owner_id.is_none() && after.team_id.is_none() {
            (after.owner_id, after.team_id) = (other.owner_id, other.team_id);
        }
    }
    after.first_responded_at = all.iter().filter_map(|one| one.first_responded_at).min();
    after.last_interaction_at = all.iter().filter_map(|one| one.last_interaction_at).max();
    // The earliest promise counts, and the first response to any of them answers it.
    let due_at = all.iter().filter_map(|one| one.sla.due_at).min();
    let promise = Sla { due_at, met_at: None, breached_at: None };
    let answered = after.first_responded_at.map_or(promise, |at| promise.answered(at));
    let known_to_be_met = all.iter().filter_map(|one| one.sla.met_at).min();
    after.sla = match known_to_be_met {
        Some(at) if answered.is_running() => answered.answered(at),
        _ => answered.checked(now),
    };
    after
}

fn choose(after: &mut Standing, field: &str, chosen: &Standing) {
    match field.strip_prefix("custom.") {
        Some(key) => {
            if let Some(value) = chosen.profile.custom.get(key) {
                after.profile.custom.insert(key.to_owned(), value.clone());
            }
        }
        None if field == "owner" => (after.owner_id, after.team_id) = (chosen.owner_id, chosen.team_id),
        None if field == "source" => after.source_id = chosen.source_id,
        None if field == "bant" => after.bant.clone_from(&chosen.bant),
        None if field == "contact_name" => {
            for name in ["contact_name", "first_name", "last_name"] {
                after.profile.copy_field(name, &chosen.profile);
            }
        }
        None if field == "phone" => {
            after.profile.phone.clone_from(&chosen.profile.phone);
            after.profile.phone_given.clone_from(&chosen.profile.phone_given);
        }
        None => drop(after.profile.copy_field(field, &chosen.profile)),
    }
}

fn faults(master: &Lead, others: &[Lead], choices: &Choices) -> Vec<Fault> {
    let mut faults = Vec::new();
    for (field, chosen) in choices {
        let at = format!("#/fields/{}", escape_pointer(field));
        let Some(lead) = std::iter::once(master).chain(others).find(|lead| lead.id == *chosen) else {
            faults.push(Fault::at_pointer(at, "not_in_merge", "Name the master or one of the leads in `with`."));
            continue;
        };
        faults.extend(fault_of_choice(field, lead, at));
    }
    faults
}

fn fault_of_choice(field: &str, lead: &Lead, at: String) -> Option<Fault> {
    if matches!(field, "first_name" | "last_name") {
        let detail = "A name goes as a whole: choose `contact_name`.";
        return Some(Fault::at_pointer(at, "not_by_itself", detail).suggesting("contact_name"));
    }
    if UNITED.contains(&field) {
        let detail = "This is united from all leads; leave it out. Custom fields are chosen as `custom.<key>`.";
        return Some(Fault::at_pointer(at, "united", detail));
    }
    let known = LEAD_FIELDS.iter().map(|field| field.name);
    let is_known = PARTS.contains(&field) || field.starts_with("custom.") || known.clone().any(|name| name == field);
    if !is_known {
        let fault = Fault::at_pointer(at, "unknown_field", "There is no such field of a lead that could be chosen.");
        let choosable = known.filter(|name| !UNITED.contains(name)).chain(PARTS);
        return Some(match nearest(field, choosable) {
            Some(meant) => fault.suggesting(meant),
            None => fault,
        });
    }
    let detail = "The lead that is chosen has no such value; leave the choice out, or clear the field afterwards.";
    lacks(&lead.profile, field).then(|| Fault::at_pointer(at, "blank", detail))
}

/// Whether there is nothing to choose.
fn lacks(profile: &Profile, field: &str) -> bool {
    match field.strip_prefix("custom.") {
        Some(key) => profile.custom.get(key).is_none_or(Value::is_null),
        None if PARTS.contains(&field) => false,
        None => is_blank(profile, field),
    }
}

fn is_blank(profile: &Profile, field: &str) -> bool {
    profile.is_blank(field) && (field != "phone" || profile.phone_given.is_none())
}

fn is_united(kind: FieldKind, name: &str) -> bool {
    let of_many = matches!(
        kind,
        FieldKind::Labels | FieldKind::Tags | FieldKind::Purchases | FieldKind::Consents | FieldKind::ExternalIds
    );
    of_many || name == "notes"
}

fn origins(master: &Lead, others: &[&Lead], after: &Standing, choices: &Choices) -> BTreeMap<String, Vec<LeadId>> {
    let all: Vec<&Lead> = std::iter::once(master).chain(others.iter().copied()).collect();
    let mut origins = BTreeMap::new();
    for field in
        LEAD_FIELDS.iter().filter(|field| field.kind != FieldKind::Custom && !is_blank(&after.profile, field.name))
    {
        let has = |lead: &&&Lead| !is_blank(&lead.profile, field.name);
        let same = |lead: &&&Lead| lead.profile.same(field.name, &after.profile);
        let from: Vec<LeadId> = match choices.get(field.name) {
            Some(chosen) => vec![*chosen],
            None if is_united(field.kind, field.name) => all.iter().filter(has).map(|lead| lead.id).collect(),
            None => all.iter().filter(has).find(same).map(|lead| lead.id).into_iter().collect(),
        };
        if !from.is_empty() {
            origins.insert(field.name.to_owned(), from);
        }
    }
    for (key, value) in &after.profile.custom {
        let from = all.iter().find(|lead| lead.profile.custom.get(key) == Some(value));
        origins.insert(format!("custom.{key}"), from.map(|lead| lead.id).into_iter().collect());
    }
    let holder = |lead: &&&Lead| (lead.owner_id, lead.team_id) == (after.owner_id, after.team_id);
    let owner = choices.get("owner").copied().or_else(|| all.iter().find(holder).map(|lead| lead.id));
    if after.owner_id.is_some() || after.team_id.is_some() {
        origins.insert("owner".to_owned(), owner.into_iter().collect());
    }
    origins.insert("source".to_owned(), vec![choices.get("source").copied().unwrap_or(master.id)]);
    origins
}

fn lost(master: &Lead, others: &[&Lead], after: &Standing) -> Vec<LostValue> {
    let mut lost = Vec::new();
    for lead in std::iter::once(master).chain(others.iter().copied()) {
        let (had, has) = (&lead.profile, &after.profile);
        let mut lose =
            |field: &str, value: Value| lost.push(LostValue { field: field.to_owned(), lead_id: lead.id, value });
        for field in LEAD_FIELDS.iter().filter(|field| field.kind != FieldKind::Custom && !had.is_blank(field.name)) {
            let gone = match field.name {
                "consent" | "external_ids" => false,
                "notes" => {
                    let notes = has.notes.as_deref().unwrap_or_default();
                    !had.notes.as_deref().map(str::trim).is_none_or(|had| notes.contains(had))
                }
                name if is_united(field.kind, name) => !covers(&has.json(name), &had.json(name)),
                // A derived seniority follows the title.
                "seniority" => had.seniority_given && !had.same("seniority", has),
                name => !had.same(name, has),
            };
            if gone {
                lose(field.name, had.json(field.name));
            }
        }
        for (key, value) in had.custom.iter().filter(|(key, value)| has.custom.get(*key) != Some(*value)) {
            lose(&format!("custom.{key}"), value.clone());
        }
        // It leads to the master all the same, from the lead that was merged.
        for (system, id) in had.external_ids.iter().filter(|(system, id)| has.external_ids.get(*system) != Some(*id)) {
            lose(&format!("external_ids.{system}"), json!(id));
        }
        if lead.owner_id.is_some() && lead.owner_id != after.owner_id {
            lose("owner", json!(lead.owner_id));
        }
        if lead.source_id != after.source_id {
            lose("source", json!(lead.source_id));
        }
    }
    lost
}

/// Whether a list has everything of another one; labels compare folded.
fn covers(has: &Value, had: &Value) -> bool {
    let folded = |value: &Value| value.as_str().map_or_else(|| value.to_string(), crate::text::fold);
    let all: BTreeSet<String> = has.as_array().into_iter().flatten().map(folded).collect();
    had.as_array().into_iter().flatten().all(|value| all.contains(&folded(value)))
}
