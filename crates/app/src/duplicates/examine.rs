//! Comparing some leads with all that they may resemble. Reading is done beside the work of others; what was found is
//! written in one short transaction.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use leadwright_domain::{
    duplicates::{FoundPair, IdentityKeys, MatchKeys, ScanCounts, Traits, likeness, ordered},
    ids::{DuplicatePairId, LeadId},
    leads::Lead,
};
use leadwright_persistence::{
    DbError, Reader, Tx,
    duplicates::{MOST_FOR_A_KEY, Sharing},
};

use crate::Configuration;

/// What a comparison found, ready to be written.
#[derive(Clone, Debug, Default)]
pub(super) struct Examined {
    /// The leads that were compared, with the version that was read.
    pub(super) leads: Vec<(LeadId, i64)>,
    keys: Vec<(LeadId, i64, MatchKeys)>,
    gone: Vec<LeadId>,
    pairs: Vec<FoundPair>,
    stale: Vec<DuplicatePairId>,
}

/// Whether somebody can be a duplicate: not archived, not merged.
fn is_there(lead: &Lead) -> bool {
    lead.archived_at.is_none() && lead.merged_into.is_none()
}

/// Compares leads with those that share a key with them. A lead that can't be read is left out: it must not keep the
/// others from being compared.
pub(super) async fn examine(reader: &Reader, config: &Configuration, wanted: &[LeadId]) -> Result<Examined, DbError> {
    match compare_all(reader, config, wanted).await {
        Err(DbError::Corrupt(why)) => {
            tracing::error!(why, "some leads can't be compared; they are tried one by one");
            let mut examined = Examined::default();
            for lead in wanted {
                match compare_all(reader, config, &[*lead]).await {
                    Ok(one) => examined = examined.and(one),
                    Err(DbError::Corrupt(why)) => tracing::error!(%lead, why, "a lead can't be compared"),
                    Err(error) => return Err(error),
                }
            }
            Ok(examined)
        }
        other => other,
    }
}

async fn compare_all(reader: &Reader, config: &Configuration, wanted: &[LeadId]) -> Result<Examined, DbError> {
    let settings = &config.organization.settings;
    let found = reader.leads().get_all(wanted).await?;
    let mine: BTreeMap<LeadId, Subject> = found
        .iter()
        .filter(|lead| is_there(lead))
        .map(|lead| (lead.id, Subject::of(lead, settings.match_nicknames)))
        .collect();
    let gone = wanted.iter().copied().filter(|id| !mine.contains_key(id)).collect();
    let exact: Vec<IdentityKeys> = mine.values().map(|one| one.traits.keys.clone()).collect();
    let alike: Vec<MatchKeys> = mine.values().map(|one| one.keys).collect();
    let sharing = reader.duplicates().sharing(&exact, &alike).await?;
    let mut open = reader.duplicates().open_of(wanted).await?;
    let mut couples = couples(&mine, &sharing);
    couples.extend(open.iter().map(|(_, one, other)| (*one, *other)));
    let pairs = compare(reader, &mine, couples, settings.match_nicknames, settings.duplicate_similarity).await?;
    let still: BTreeSet<(LeadId, LeadId)> = pairs.iter().map(|pair| (pair.lead_id, pair.other_id)).collect();
    open.retain(|(_, one, other)| !still.contains(&(*one, *other)));
    Ok(Examined {
        leads: found.iter().map(|lead| (lead.id, lead.version)).collect(),
        keys: mine.iter().map(|(id, one)| (*id, one.version, one.keys)).collect(),
        gone,
        pairs,
        stale: open.into_iter().map(|(id, ..)| id).collect(),
    })
}

/// A lead as it is compared.
struct Subject {
    version: i64,
    traits: Traits,
    keys: MatchKeys,
}

impl Subject {
    fn of(lead: &Lead, nicknames: bool) -> Self {
        let traits = Traits::of(&lead.profile, nicknames);
        Self { version: lead.version, keys: MatchKeys::of(&traits), traits }
    }
}

/// Who is to be compared with whom: each of these leads with those that share a key, also among themselves.
fn couples(mine: &BTreeMap<LeadId, Subject>, sharing: &Sharing) -> BTreeSet<(LeadId, LeadId)> {
    let mut exact: HashMap<(&str, &str), BTreeSet<LeadId>> = HashMap::new();
    for (column, key, lead) in &sharing.exact {
        exact.entry((column, key)).or_default().insert(*lead);
    }
    let mut alike: HashMap<(usize, i64), BTreeSet<LeadId>> = HashMap::new();
    for (place, key, lead) in &sharing.alike {
        alike.entry((*place, *key)).or_default().insert(*lead);
    }
    // What is being compared has perhaps no stored keys yet.
    for (id, one) in mine {
        for (place, key) in one.keys.all().into_iter().enumerate() {
            if let Some(key) = key {
                alike.entry((place, key)).or_default().insert(*id);
            }
        }
    }
    let mut couples = BTreeSet::new();
    for (id, one) in mine {
        let IdentityKeys { email_key, phone_key, person_key, .. } = &one.traits.keys;
        let keys = [("email_key", email_key), ("phone_key", phone_key), ("person_key", person_key)];
        let of_exact = keys.iter().filter_map(|(column, key)| exact.get(&(*column, key.as_deref()?)));
        let of_alike = one.keys.all().into_iter().enumerate().filter_map(|(place, key)| alike.get(&(place, key?)));
        for sharing in of_exact.chain(of_alike) {
            // The newest: what many share says little.
            let others = sharing.iter().rev().filter(|other| *other != id).take(MOST_FOR_A_KEY);
            couples.extend(others.map(|other| ordered(*id, *other)));
        }
    }
    couples
}

/// How many leads are read at once.
const AT_ONCE: usize = 500;

async fn compare(
    reader: &Reader,
    mine: &BTreeMap<LeadId, Subject>,
    couples: BTreeSet<(LeadId, LeadId)>,
    nicknames: bool,
    least: i64,
) -> Result<Vec<FoundPair>, DbError> {
    let ids: BTreeSet<LeadId> = couples.iter().flat_map(|(one, other)| [*one, *other]).collect();
    let missing: Vec<LeadId> = ids.into_iter().filter(|id| !mine.contains_key(id)).collect();
    let mut others: BTreeMap<LeadId, Traits> = BTreeMap::new();
    for some in missing.chunks(AT_ONCE) {
        let there = reader.leads().get_all(some).await?.into_iter().filter(is_there);
        others.extend(there.map(|lead| (lead.id, Traits::of(&lead.profile, nicknames))));
    }
    let traits = |id: &LeadId| mine.get(id).map(|one| &one.traits).or_else(|| others.get(id));
    let found = couples.iter().filter_map(|(one, other)| {
        let likeness = likeness(traits(one)?, traits(other)?);
        likeness.is_worth_a_look(least).then(|| FoundPair::of(*one, *other, likeness))
    });
    Ok(found.collect())
}

impl Examined {
    /// Both together.
    pub(super) fn and(mut self, other: Self) -> Self {
        self.leads.extend(other.leads);
        self.keys.extend(other.keys);
        self.gone.extend(other.gone);
        self.pairs.extend(
            other
                .pairs
                .into_iter()
                .filter(|pair| {
                    !self.pairs.iter().any(|known| (known.lead_id, known.other_id) == (pair.lead_id, pair.other_id))
                })
                .collect::<Vec<_>>(),
        );
        self.stale.extend(other.stale);
        self
    }

    /// Leaves out what concerns leads that have changed since they were read: whoever follows the log comes to them.
    pub(super) fn without(mut self, changed: &BTreeSet<LeadId>) -> Self {
        self.keys.retain(|(id, ..)| !changed.contains(id));
        self.gone.retain(|id| !changed.contains(id));
        self.pairs.retain(|pair| !changed.contains(&pair.lead_id) && !changed.contains(&pair.other_id));
        self
    }

    /// Writes what was found.
    pub(super) async fn write(&self, tx: &Tx) -> Result<ScanCounts, DbError> {
        let duplicates = tx.duplicates();
        duplicates.write_keys(&self.keys).await?;
        duplicates.forget_keys(&self.gone).await?;
        let pairs: Vec<_> = self.pairs.iter().map(|pair| (tx.new_id(), pair.clone())).collect();
        duplicates.file(&pairs).await?;
        let closed = duplicates.close(&self.stale).await?;
        Ok(ScanCounts { examined: self.keys.len() as u64, found: self.pairs.len() as u64, closed })
    }
}
