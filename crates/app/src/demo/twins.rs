//! People who came twice: a pair to look at, two leads to merge, a merge to take back, and a search that waits.

use std::{collections::BTreeMap, sync::Arc};

use leadwright_domain::{
    access::Actor,
    duplicates::{FoundPair, Traits, likeness},
    ids::Id,
    time::Instant,
};
use leadwright_persistence::{CommandError, Tx};

use super::{known, office::Office};
use crate::duplicates::{BeginScan, MergeLeads};

/// Finds the pair, merges whoever is to be taken apart again, and asks for a search.
pub(super) async fn meet(tx: &Tx, office: &Office, at: Instant) -> Result<(), CommandError> {
    let (lead, twin) = (Id::from_uuid(known::LEAD), Id::from_uuid(known::LEAD_TWIN));
    let traits: Vec<Traits> =
        tx.leads().get_all(&[lead, twin]).await?.iter().map(|lead| Traits::of(&lead.profile, true)).collect();
    if let [one, other] = traits.as_slice() {
        let pair = FoundPair::of(lead, twin, likeness(one, other));
        tx.duplicates().file(&[(Id::from_uuid(known::PAIR), pair)]).await?;
    }
    let call = office.call(Actor::User(office.marketer), at);
    let merge = MergeLeads {
        master: Id::from_uuid(known::LEAD_TO_MERGE),
        others: vec![Id::from_uuid(known::LEAD_MERGED)],
        choices: BTreeMap::new(),
        may_assign: false,
        expected: None,
        configurations: Arc::clone(&office.configurations),
    };
    Box::pin(tx.within(call.clone(), &merge)).await?;
    Box::pin(tx.within_naming(call, &BeginScan, [known::SCAN])).await?;
    Ok(())
}
