//! Suggestions: values that a weaker writer brought, until somebody takes them over or not (spec DAT-3).

mod accept;
mod dismiss;
mod read;

pub use accept::{AcceptSuggestion, Accepted};
pub use dismiss::DismissSuggestion;
pub use read::{SuggestionWithLead, of_lead, suggestion, suggestions};

use std::collections::BTreeMap;

use leadwright_domain::{
    ids::LeadId,
    leads::Profile,
    precedence::{Refused, Written},
    suggestions,
};
use leadwright_persistence::{DbError, Tx};

/// Files what was refused of leads that this transaction holds, and forgets what they hold by now: `profiles` are the leads
/// that changed, or of which something was refused, as they are.
pub(crate) async fn file(
    tx: &Tx,
    profiles: &BTreeMap<LeadId, Profile>,
    refused: &BTreeMap<LeadId, Vec<(Written, Refused)>>,
) -> Result<(), DbError> {
    if profiles.is_empty() {
        return Ok(());
    }
    let ids: Vec<LeadId> = profiles.keys().copied().collect();
    let mut known: BTreeMap<LeadId, Vec<suggestions::Suggestion>> = BTreeMap::new();
    for one in tx.suggestions().of_leads(&ids).await? {
        known.entry(one.lead_id).or_default().push(one);
    }
    let (mut keep, mut forget) = (Vec::new(), Vec::new());
    for (lead, profile) in profiles {
        let known = known.get(lead).map_or(&[][..], Vec::as_slice);
        let refused = refused.get(lead).map_or(&[][..], Vec::as_slice);
        let filing = suggestions::file(*lead, profile, known, refused, tx.now(), || tx.new_id());
        keep.extend(filing.keep);
        forget.extend(filing.forget);
    }
    tx.suggestions().forget(&forget).await?;
    tx.suggestions().write(&keep).await
}
