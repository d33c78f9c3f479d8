//! Loading what a batch has to know, from a transaction (holding what it may change) or for a preview (holding nothing).

use std::collections::{HashMap, HashSet};

use leadwright_domain::{condition::Needs, ids::LeadId, interactions::Interaction, leads::Lead, routing::Pools};
use leadwright_persistence::{
    DbError, Reader, Tx,
    erasures::Erasures,
    interactions::Interactions,
    leads::{Found, Keys, Leads},
    routing::Turns,
};

use super::{
    Prepared,
    pools::{pools, teams_of},
};
use crate::{
    Configuration,
    privacy::{Buried, buried_among},
};

/// Where to load from.
pub(super) struct Loader<'a> {
    leads: Leads<'a>,
    turns: Turns<'a>,
    interactions: Interactions<'a>,
    erasures: Erasures<'a>,
    hold: bool,
}

/// What a batch knows of the world before it decides.
pub(super) struct Loaded {
    pub(super) found: Vec<Found>,
    pub(super) leads: Vec<Lead>,
    pub(super) interactions: HashMap<LeadId, Vec<Interaction>>,
    pub(super) pools: Pools,
    pub(super) buried: Buried,
}

impl<'a> Loader<'a> {
    pub(super) fn of_tx(tx: &'a Tx) -> Self {
        Self {
            leads: tx.leads(),
            turns: tx.turns(),
            interactions: tx.interactions(),
            erasures: tx.erasures(),
            hold: true,
        }
    }

    pub(super) fn of_reader(reader: &'a Reader) -> Self {
        Self {
            leads: reader.leads(),
            turns: reader.turns(),
            interactions: reader.interactions(),
            erasures: reader.erasures(),
            hold: false,
        }
    }

    /// Loads for a batch, in the one lock order: identity keys, matched leads, turns.
    pub(super) async fn load(
        &self,
        batch: &[&Prepared],
        routes: bool,
        config: &Configuration,
        needs: &Needs,
    ) -> Result<Loaded, DbError> {
        let keys = keys_of(batch);
        if self.hold {
            self.leads.lock_keys(&keys).await?;
        }
        let found = self.leads.find_matches(&keys).await?;
        let named: Vec<LeadId> = batch.iter().filter_map(|prepared| prepared.kept.id).collect();
        let known = found.iter().filter(|one| may_act_on(one, &keys)).map(|one| one.id);
        let mut ids: Vec<LeadId> = known.chain(named.iter().copied()).collect();
        ids.sort_unstable();
        ids.dedup();
        let leads = if self.hold { self.leads.lock_all(&ids).await? } else { self.leads.get_all(&ids).await? };
        let here: HashSet<LeadId> = leads.iter().map(|lead| lead.id).collect();
        let lost: Vec<LeadId> = named.into_iter().filter(|id| !here.contains(id)).collect();
        let buried = buried_among(self.erasures, &config.secrets, &keys, &lost).await?;
        let mut interactions: HashMap<LeadId, Vec<Interaction>> = HashMap::new();
        for one in self.interactions.of_leads(&ids, needs).await? {
            interactions.entry(one.lead_id).or_default().push(one);
        }
        let teams = if routes { teams_of(config) } else { vec![] };
        let states = if self.hold { self.turns.lock(&teams).await? } else { self.turns.get(&teams).await? };
        Ok(Loaded { found, leads, interactions, pools: pools(config, &teams, &states), buried })
    }
}

/// A shared company and name never acts by itself, so such leads need not be held.
fn may_act_on(found: &Found, keys: &Keys) -> bool {
    let shares = |key: &Option<String>, keys: &[String]| key.as_ref().is_some_and(|key| keys.contains(key));
    found.merged_into.is_some()
        || !found.external.is_empty()
        || shares(&found.email_key, &keys.emails)
        || shares(&found.phone_key, &keys.phones)
        // A master that shares no key was found through a merged lead.
        || !shares(&found.person_key, &keys.persons)
}

/// The keys by which a batch is recognized, each once.
pub(crate) fn keys_of(batch: &[&Prepared]) -> Keys {
    let mut keys = Keys::default();
    for prepared in batch {
        keys.emails.extend(prepared.keys.email_key.clone());
        keys.phones.extend(prepared.keys.phone_key.clone());
        keys.persons.extend(prepared.keys.person_key.clone());
        let external = &prepared.profile.external_ids;
        keys.external.extend(external.iter().map(|(system, id)| (system.clone(), id.clone())));
    }
    for list in [&mut keys.emails, &mut keys.phones, &mut keys.persons] {
        list.sort_unstable();
        list.dedup();
    }
    keys.external.sort_unstable();
    keys.external.dedup();
    keys
}
