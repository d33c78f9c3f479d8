//! Writing what a batch decided.

use std::collections::BTreeMap;

use leadwright_domain::{
    ids::LeadId,
    leads::{Lead, Profile},
};
use leadwright_persistence::{DbError, Tx, leads::Derived};

use super::{
    pools::keep,
    working::{Held, Working},
};
use crate::suggestions;

/// Writes new and changed leads and the turns that were taken.
pub(super) async fn apply(tx: &Tx, working: Working) -> Result<(), DbError> {
    let Working { held, pools, suggested, .. } = working;
    let profiles: BTreeMap<LeadId, Profile> = held
        .iter()
        .filter(|(id, held)| (held.read_at.is_some() && held.derived.is_some()) || suggested.contains_key(id))
        .map(|(id, held)| (*id, held.lead.profile.clone()))
        .collect();
    let (mut new, mut changed): (Vec<(Lead, Derived)>, Vec<_>) = (Vec::new(), Vec::new());
    for Held { lead, derived, read_at } in held.into_values() {
        match (derived, read_at) {
            (Some(derived), None) => new.push((lead, derived)),
            (Some(derived), Some(read_at)) => changed.push((lead, derived, read_at)),
            (None, _) => {}
        }
    }
    let changed: Vec<_> = changed.iter().map(|(lead, derived, read_at)| (lead, derived, *read_at)).collect();
    if !tx.leads().update_all(&changed).await? {
        return Err(DbError::Retry("a lead changed while a batch held it".to_owned()));
    }
    tx.leads().insert_all(&new).await?;
    suggestions::file(tx, &profiles, &suggested).await?;
    keep(tx, &pools).await
}
