//! Whether somebody who comes was erased: asked for a whole batch at once.

use std::collections::{BTreeMap, BTreeSet, HashMap};

use leadwright_domain::{duplicates::IdentityKeys, ids::LeadId, leads::UNNAMED_SYSTEM};
use leadwright_persistence::{DbError, erasures::Erasures, leads::Keys};

use super::marks::{EMAIL, EXTERNAL_ID, Marker, PHONE, all_of, external};
use crate::Secrets;

/// Something by which somebody is recognized: its kind, and what it is.
pub(crate) type Trait = (&'static str, String);

/// What a batch brings that people who were erased were recognized by.
#[derive(Debug, Default)]
pub(crate) struct Buried {
    traits: BTreeSet<Trait>,
    leads: BTreeSet<LeadId>,
}

impl Buried {
    /// Whether the batch brings nothing of anybody who was erased.
    pub(crate) fn is_empty(&self) -> bool {
        self.traits.is_empty() && self.leads.is_empty()
    }

    /// Whether this is somebody who was erased: by the lead that is named, or by something that no known lead has.
    pub(crate) fn is(
        &self,
        traits: impl IntoIterator<Item = Trait>,
        lead: Option<LeadId>,
        known: &BTreeSet<Trait>,
    ) -> bool {
        lead.is_some_and(|lead| self.leads.contains(&lead))
            || traits.into_iter().any(|one| self.traits.contains(&one) && !known.contains(&one))
    }
}

/// By what somebody is recognized.
pub(crate) fn traits_of(keys: &IdentityKeys, ids: &BTreeMap<String, String>) -> Vec<Trait> {
    let own = [(EMAIL, &keys.email_key), (PHONE, &keys.phone_key)];
    let own = own.into_iter().filter_map(|(kind, key)| Some((kind, key.clone()?)));
    own.chain(named_ids(ids).map(|(system, id)| (EXTERNAL_ID, external(&system, &id)))).collect()
}

/// The ids of systems that have a name. Those of others lead to a different person in each system.
pub(crate) fn named_ids(ids: &BTreeMap<String, String>) -> impl Iterator<Item = (String, String)> {
    let named = ids.iter().filter(|(system, _)| *system != UNNAMED_SYSTEM);
    named.map(|(system, id)| (system.clone(), id.clone()))
}

/// By what people are recognized who have these keys.
pub(crate) fn traits_in(keys: &Keys) -> impl Iterator<Item = Trait> {
    all_of(keys)
}

/// Asks for a batch, after its identity keys and leads are locked: whoever erases somebody holds the same locks. One
/// statement where nobody was ever erased, and one more otherwise, whatever the size of the batch; and one where it names
/// leads that are not there.
///
/// # Errors
/// The database failed.
pub(crate) async fn buried_among(
    erasures: Erasures<'_>,
    secrets: &Secrets,
    keys: &Keys,
    lost: &[LeadId],
) -> Result<Buried, DbError> {
    let leads = erasures.erased_among(lost).await?.into_iter().collect();
    if keys.emails.is_empty() && keys.phones.is_empty() && keys.external.is_empty() {
        return Ok(Buried { leads, ..Buried::default() });
    }
    let Some(marker) = Marker::read(erasures, secrets).await? else { return Ok(Buried { leads, ..Buried::default() }) };
    let mut by_mark: HashMap<String, Trait> = HashMap::new();
    for (kind, value) in all_of(keys) {
        by_mark.extend(marker.marks(kind, &value).into_iter().map(|mark| (mark, (kind, value.clone()))));
    }
    let marks: Vec<String> = by_mark.keys().cloned().collect();
    let buried = erasures.buried(&marks).await?;
    Ok(Buried { traits: buried.iter().filter_map(|(mark, _)| by_mark.remove(mark)).collect(), leads })
}
