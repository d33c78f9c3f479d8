//! The world as a batch sees it while it decides: what was loaded, and what its own items changed before.

use std::{
    collections::{BTreeMap, BTreeSet, HashMap},
    sync::Arc,
};

use leadwright_domain::{
    duplicates::{Candidate, IdentityKeys},
    ids::LeadId,
    interactions::Interaction,
    leads::{Lead, Profile, Status},
    precedence::{Refused, Written},
    routing::Pools,
};
use leadwright_persistence::leads::{Derived, Found};

use super::load::Loaded;
use crate::privacy::Buried;

/// A lead in the hands of a batch.
pub(super) struct Held {
    pub(super) lead: Arc<Lead>,
    /// Set when the batch changed it since it was last written.
    pub(super) derived: Option<Arc<Derived>>,
    /// Version and revision in the database; `None` for one that the batch made and that is not there yet.
    pub(super) read_at: Option<(i64, i64)>,
}

/// A changed lead, with the version and revision that is in the database.
pub(super) type Changed = (Arc<Lead>, Arc<Derived>, (i64, i64));

/// What a batch made and changed since that was last asked for, as it is to be written.
#[derive(Default)]
pub(super) struct Unwritten {
    pub(super) new: Vec<(Arc<Lead>, Arc<Derived>)>,
    pub(super) changed: Vec<Changed>,
}

/// Everything a batch decides on, kept current item by item.
pub(super) struct Working {
    pub(super) held: BTreeMap<LeadId, Held>,
    pub(super) interactions: HashMap<LeadId, Vec<Interaction>>,
    pub(super) pools: Pools,
    /// Who of those that come was erased.
    pub(super) buried: Buried,
    /// What was said of known leads and not written.
    pub(super) suggested: BTreeMap<LeadId, Vec<(Written, Refused)>>,
    /// The known leads that were changed and written.
    changed: BTreeSet<LeadId>,
    candidates: HashMap<LeadId, Candidate>,
    sight: HashMap<LeadId, (Option<leadwright_domain::ids::UserId>, Option<leadwright_domain::ids::TeamId>)>,
    by_key: HashMap<(&'static str, String), BTreeSet<LeadId>>,
}

impl Working {
    pub(super) fn new(loaded: Loaded) -> Self {
        let mut working = Self {
            held: BTreeMap::new(),
            interactions: loaded.interactions,
            pools: loaded.pools,
            buried: loaded.buried,
            suggested: BTreeMap::new(),
            changed: BTreeSet::new(),
            candidates: HashMap::new(),
            sight: HashMap::new(),
            by_key: HashMap::new(),
        };
        for found in loaded.found {
            working.sight.insert(found.id, (found.owner_id, found.team_id));
            working.add(candidate_of(found));
        }
        for lead in loaded.leads {
            let read_at = Some((lead.version, lead.computed_rev));
            working.put(Held { lead: Arc::new(lead), derived: None, read_at });
        }
        working
    }

    /// Takes a lead in its new state; later items see it.
    pub(super) fn put(&mut self, held: Held) {
        let lead = &held.lead;
        self.sight.insert(lead.id, (lead.owner_id, lead.team_id));
        let keys = match held.derived.as_deref() {
            Some(Derived { email_key, phone_key, person_key, .. }) => {
                let name = lead.profile.contact_name.as_deref();
                IdentityKeys::kept(email_key.clone(), phone_key.clone(), person_key.clone(), name)
            }
            None => IdentityKeys::of(&lead.profile),
        };
        self.add(Candidate {
            id: lead.id,
            keys,
            external_ids: lead.profile.external_ids.clone(),
            created_at: lead.created_at,
            archived: lead.archived_at.is_some(),
            merged_into: lead.merged_into,
            status: lead.status,
        });
        self.held.insert(held.lead.id, held);
    }

    /// What is to be written, which counts as written from now on.
    pub(super) fn take_unwritten(&mut self) -> Unwritten {
        let mut unwritten = Unwritten::default();
        for held in self.held.values_mut() {
            let Some(derived) = held.derived.take() else { continue };
            let lead = Arc::clone(&held.lead);
            match held.read_at.replace((lead.version, lead.computed_rev)) {
                None => unwritten.new.push((lead, derived)),
                Some(read_at) => {
                    self.changed.insert(lead.id);
                    unwritten.changed.push((lead, derived, read_at));
                }
            }
        }
        unwritten
    }

    /// The profiles of leads that changed, or of which something was said and not written.
    pub(super) fn profiles_in_question(&self) -> BTreeMap<LeadId, Profile> {
        let ids = self.changed.iter().chain(self.suggested.keys());
        ids.filter_map(|id| Some((*id, self.held.get(id)?.lead.profile.clone()))).collect()
    }

    /// Keeps what was said of a known lead and not written.
    pub(super) fn suggest(&mut self, lead: LeadId, from: Written, refused: &[Refused]) {
        if !refused.is_empty() {
            let all = self.suggested.entry(lead).or_default();
            all.extend(refused.iter().map(|one| (from, one.clone())));
        }
    }

    /// Who owns a known lead and which team it belongs to, by which it is decided who sees it.
    pub(super) fn sight(
        &self,
        lead: LeadId,
    ) -> (Option<leadwright_domain::ids::UserId>, Option<leadwright_domain::ids::TeamId>) {
        self.sight.get(&lead).copied().unwrap_or_default()
    }

    fn add(&mut self, candidate: Candidate) {
        for key in keys(&candidate.keys, &candidate.external_ids) {
            self.by_key.entry(key).or_default().insert(candidate.id);
        }
        self.candidates.insert(candidate.id, candidate);
    }

    /// A lead in the hands of the batch that is nobody else's part.
    pub(super) fn candidate(&self, id: LeadId) -> Option<&Candidate> {
        self.candidates.get(&id).filter(|known| self.held.contains_key(&id) && known.merged_into.is_none())
    }

    /// What a known lead was merged into.
    pub(super) fn merged_into(&self, id: LeadId) -> Option<LeadId> {
        self.candidates.get(&id)?.merged_into
    }

    /// The known leads that share a key with these, and the masters of merged ones.
    pub(super) fn sharing(&self, wanted: &IdentityKeys, external: &BTreeMap<String, String>) -> Vec<Candidate> {
        let mut ids: BTreeSet<LeadId> = BTreeSet::new();
        for key in keys(wanted, external) {
            ids.extend(self.by_key.get(&key).into_iter().flatten());
        }
        let mut next: Vec<LeadId> = ids.iter().copied().collect();
        while let Some(id) = next.pop() {
            if let Some(master) = self.candidates.get(&id).and_then(|candidate| candidate.merged_into)
                && ids.insert(master)
            {
                next.push(master);
            }
        }
        ids.iter().filter_map(|id| self.candidates.get(id)).cloned().collect()
    }
}

fn keys(keys: &IdentityKeys, external: &BTreeMap<String, String>) -> Vec<(&'static str, String)> {
    let own = [("email", &keys.email_key), ("phone", &keys.phone_key), ("person", &keys.person_key)];
    let own = own.into_iter().filter_map(|(kind, key)| Some((kind, key.clone()?)));
    own.chain(external.iter().map(|(system, id)| ("external", format!("{system}\u{0}{id}")))).collect()
}

fn candidate_of(found: Found) -> Candidate {
    Candidate {
        id: found.id,
        keys: IdentityKeys::kept(found.email_key, found.phone_key, found.person_key, found.name.as_deref()),
        external_ids: found.external.into_iter().collect(),
        created_at: found.created_at,
        archived: found.archived,
        merged_into: found.merged_into,
        status: Status::parse(&found.status).unwrap_or(Status::New),
    }
}
