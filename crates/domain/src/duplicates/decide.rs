//! Whether somebody is known already, and what that means (spec DUP-2).

use std::collections::BTreeMap;

use serde::Serialize;
use serde_json::{Value, json};

use super::{IdentityKeys, MatchKind, Policy};
use crate::{
    ids::LeadId,
    leads::{Status, UNNAMED_SYSTEM},
    time::Instant,
};

/// A lead that shares a key, as far as the decision needs it. The masters of merged ones belong to the list.
#[derive(Clone, Debug, PartialEq)]
pub struct Candidate {
    /// Which.
    pub id: LeadId,
    /// Its keys.
    pub keys: IdentityKeys,
    /// Its ids in other systems.
    pub external_ids: BTreeMap<String, String>,
    /// The oldest wins a tie.
    pub created_at: Instant,
    /// Whether it is archived.
    pub archived: bool,
    /// The lead it was merged into.
    pub merged_into: Option<LeadId>,
    /// Where the work stands.
    pub status: Status,
}

/// One known lead and by what it was recognized.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
pub struct Matched {
    /// The lead; of a merged one its master.
    pub lead: LeadId,
    /// The strongest thing they share.
    pub by: MatchKind,
}

/// What is to be done.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize)]
#[serde(tag = "do", rename_all = "snake_case")]
pub enum Action {
    /// Make a lead; `flagged` where it may be one of the matches.
    Create {
        /// Whether to mark it as a suspected duplicate.
        flagged: bool,
    },
    /// Change the known lead.
    Update {
        /// Which.
        lead: LeadId,
        /// Whether it comes back from the archive.
        restore: bool,
        /// Whether only what it lacks is taken over.
        fill_blanks: bool,
    },
    /// Refuse, naming the known lead.
    Reject {
        /// The best match.
        lead: LeadId,
    },
    /// Leave it out.
    Skip {
        /// The best match.
        lead: LeadId,
    },
    /// The row fails.
    Fail {
        /// The best match.
        lead: LeadId,
    },
}

/// Why, for people and programs; stored, and rendered by the API.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatchReason {
    /// A stable word.
    pub code: &'static str,
    /// The facts.
    pub params: Value,
}

/// What is to be done, with whom, and why.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct MatchDecision {
    /// What is to be done.
    pub action: Action,
    /// Every known lead that shares something, the best first.
    pub matches: Vec<Matched>,
    /// Ids in other systems that belong to another lead than the one acted on, and must not be taken over.
    pub contested: Vec<(String, String)>,
    /// Why.
    pub reasons: Vec<MatchReason>,
}

/// Decides what a new input means, given the leads that share a key with it.
///
/// Match order: external id (one of an unnamed system only where nothing says that it is another person), e-mail, phone,
/// company and name; of equals the oldest, then the smallest id. Company and
/// name alone never act on the known lead, nor does a number that colleagues share: the new one is created and flagged. An external id belongs to one lead
/// only, so where the policy would create a second one, the input is refused.
pub fn decide(
    keys: &IdentityKeys,
    external_ids: &BTreeMap<String, String>,
    candidates: &[Candidate],
    policy: Policy,
) -> MatchDecision {
    let mut found: Vec<(MatchKind, &Candidate, &Candidate)> = candidates
        .iter()
        .filter_map(|candidate| {
            let by = strongest(keys, external_ids, candidate)?;
            Some((by, candidate, master(candidate, candidates)))
        })
        .collect();
    let is_colleague = |by, known: &Candidate| by == MatchKind::Phone && shares_only_a_line(keys, &known.keys);
    found.sort_by_key(|(by, known, _)| (is_colleague(*by, known), *by, known.created_at, known.id));
    let mut matches: Vec<Matched> = Vec::new();
    for (by, _, master) in &found {
        if !matches.iter().any(|known| known.lead == master.id) {
            matches.push(Matched { lead: master.id, by: *by });
        }
    }
    let Some((by, candidate, master)) = found.first().copied() else {
        let contested = contested(external_ids, candidates, None);
        let none = MatchReason { code: "no_match", params: json!({}) };
        let reasons = std::iter::once(none).chain(contested.iter().map(taken)).collect();
        return MatchDecision { action: Action::Create { flagged: false }, matches, contested, reasons };
    };
    let action = if policy != Policy::Create && is_colleague(by, candidate) {
        Action::Create { flagged: true }
    } else {
        action(by, master, policy)
    };
    let acted_on = match action {
        Action::Update { lead, .. } => Some(lead),
        _ => None,
    };
    let contested = contested(external_ids, candidates, acted_on);
    let reasons = reasons(&found, candidate, master, action, &contested);
    MatchDecision { action, matches, contested, reasons }
}

/// Decides what the row of an export means whose lead is here: it is that one, whoever else it resembles. `None` where the
/// policy wants another lead all the same. `comes_back` says whether an archived lead is to be restored.
pub fn decide_by_id(
    known: &Candidate,
    external_ids: &BTreeMap<String, String>,
    candidates: &[Candidate],
    policy: Policy,
    comes_back: bool,
) -> Option<MatchDecision> {
    let action = match action(MatchKind::ExternalId, known, policy) {
        Action::Create { .. } | Action::Reject { .. } => return None,
        Action::Update { lead, restore, fill_blanks } => {
            Action::Update { lead, restore: restore && comes_back, fill_blanks }
        }
        other => other,
    };
    let matches = vec![Matched { lead: known.id, by: MatchKind::ExternalId }];
    let contested = contested(external_ids, candidates, Some(known.id));
    let reasons = vec![MatchReason { code: "same_id", params: json!({ "lead_id": known.id }) }];
    Some(MatchDecision { action, matches, contested, reasons })
}

fn action(by: MatchKind, master: &Candidate, policy: Policy) -> Action {
    let lead = master.id;
    match policy {
        Policy::Create if by != MatchKind::ExternalId => Action::Create { flagged: false },
        _ if by == MatchKind::Person => Action::Create { flagged: true },
        Policy::Flag if by != MatchKind::ExternalId => Action::Create { flagged: true },
        Policy::Reject | Policy::Flag | Policy::Create => Action::Reject { lead },
        Policy::Update | Policy::FillBlanks => {
            Action::Update { lead, restore: master.archived, fill_blanks: policy == Policy::FillBlanks }
        }
        Policy::Skip => Action::Skip { lead },
        Policy::Fail => Action::Fail { lead },
    }
}

/// The strongest thing that an input shares with a known lead.
fn strongest(keys: &IdentityKeys, ids: &BTreeMap<String, String>, candidate: &Candidate) -> Option<MatchKind> {
    let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
    let tells = |system: &str| system != UNNAMED_SYSTEM || !is_somebody_else(keys, &candidate.keys);
    if ids.iter().any(|(system, id)| candidate.external_ids.get(system) == Some(id) && tells(system)) {
        Some(MatchKind::ExternalId)
    } else if same(&keys.email_key, &candidate.keys.email_key) {
        Some(MatchKind::Email)
    } else if same(&keys.phone_key, &candidate.keys.phone_key) {
        Some(MatchKind::Phone)
    } else if same(&keys.person_key, &candidate.keys.person_key) {
        Some(MatchKind::Person)
    } else {
        None
    }
}

/// Whether two people are reached by one number, but can't be one: those with a name in common and other given names, such as
/// a family, and those who have names without a word in common, and addresses of their own or one employer: who sit behind
/// a switchboard.
pub fn shares_only_a_line(one: &IdentityKeys, other: &IdentityKeys) -> bool {
    let addresses = one.email_key.as_ref().zip(other.email_key.as_ref());
    let apart = addresses.is_some_and(|(one, other)| one != other) || one.has_the_company_of(other);
    one.is_namesake_of(other) || apart && one.is_called_otherwise(other)
}

/// Whether two are called otherwise, or share nothing that both have.
fn is_somebody_else(one: &IdentityKeys, other: &IdentityKeys) -> bool {
    if one.is_called_otherwise(other) {
        return true;
    }
    let kinds =
        [(&one.email_key, &other.email_key), (&one.phone_key, &other.phone_key), (&one.person_key, &other.person_key)];
    let mut both = kinds.into_iter().filter_map(|(one, other)| Some((one.as_ref()?, other.as_ref()?))).peekable();
    both.peek().is_some() && both.all(|(one, other)| one != other)
}

/// Where a merged lead went. A chain is followed as far as it is known, and never in a circle.
fn master<'a>(candidate: &'a Candidate, all: &'a [Candidate]) -> &'a Candidate {
    let mut at = candidate;
    for _ in 0..all.len() {
        match at.merged_into.and_then(|id| all.iter().find(|other| other.id == id)) {
            Some(next) => at = next,
            None => return at,
        }
    }
    at
}

/// Ids that another lead than the one acted on holds; one that was merged into it keeps its own, and leads to it.
fn contested(
    ids: &BTreeMap<String, String>,
    candidates: &[Candidate],
    acted_on: Option<LeadId>,
) -> Vec<(String, String)> {
    let taken = |system: &String, id: &String| {
        candidates.iter().any(|other| Some(other.id) != acted_on && other.external_ids.get(system) == Some(id))
    };
    ids.iter().filter(|(system, id)| taken(system, id)).map(|(system, id)| (system.clone(), id.clone())).collect()
}

fn reasons(
    found: &[(MatchKind, &Candidate, &Candidate)],
    best: &Candidate,
    master: &Candidate,
    action: Action,
    contested: &[(String, String)],
) -> Vec<MatchReason> {
    let reason = |code, params| MatchReason { code, params };
    let mut reasons: Vec<MatchReason> = found
        .iter()
        .map(|(by, candidate, _)| {
            let code = match by {
                MatchKind::ExternalId => "same_external_id",
                MatchKind::Email => "same_email",
                MatchKind::Phone => "same_phone",
                MatchKind::Person => "same_company_and_name",
            };
            reason(code, json!({ "lead_id": candidate.id }))
        })
        .collect();
    if best.id != master.id {
        reasons.push(reason("followed_merge", json!({ "from": best.id, "to": master.id })));
    }
    if let Action::Update { restore, .. } = action {
        if restore {
            reasons.push(reason("restored_from_archive", json!({ "lead_id": master.id })));
        }
        if master.status == Status::Converted {
            reasons.push(reason("kept_converted", json!({ "lead_id": master.id })));
        }
    }
    let leads_here = |(system, id): &&(String, String)| {
        found.iter().any(|(_, candidate, into)| into.id == master.id && candidate.external_ids.get(system) == Some(id))
    };
    reasons.extend(contested.iter().filter(|id| !leads_here(id)).map(taken));
    reasons
}

fn taken((system, _): &(String, String)) -> MatchReason {
    MatchReason { code: "external_id_taken", params: json!({ "system": system }) }
}
