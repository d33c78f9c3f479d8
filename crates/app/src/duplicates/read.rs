//! Reading pairs, with the two leads.

use std::collections::BTreeMap;

use crate::privacy::found;
use leadwright_domain::{
    duplicates::DuplicatePair,
    fault::Refusal,
    ids::{DuplicatePairId, LeadId, MergeId},
    leads::Lead,
};
use leadwright_persistence::{
    CommandError, DbError, Reader,
    duplicates::{Merge, PairQuery},
};

/// A pair and its leads.
#[derive(Clone, Debug)]
pub struct PairWithLeads {
    /// The pair.
    pub pair: DuplicatePair,
    /// The two leads; one that was erased is missing.
    pub leads: Vec<Lead>,
}

/// Pairs of which the caller sees both leads.
///
/// # Errors
/// The database failed.
pub async fn pairs(reader: &Reader, query: &PairQuery) -> Result<Vec<PairWithLeads>, CommandError> {
    let found = reader.duplicates().list(query).await?;
    Ok(with_leads(reader, found).await?)
}

/// Pairs with a lead that the caller sees.
///
/// # Errors
/// There is no such lead, or the database failed.
pub async fn pairs_of_lead(
    reader: &Reader,
    lead: LeadId,
    query: &PairQuery,
) -> Result<Vec<PairWithLeads>, CommandError> {
    found(reader.erasures(), lead, reader.leads().get(lead).await?).await?;
    pairs(reader, &PairQuery { lead: Some(lead), ..query.clone() }).await
}

/// One pair.
///
/// # Errors
/// There is none of this id of which the caller sees both leads, or the database failed.
pub async fn pair(reader: &Reader, id: DuplicatePairId) -> Result<PairWithLeads, CommandError> {
    let found = reader.duplicates().get(id).await?.ok_or_else(|| Refusal::not_found("pair"))?;
    Ok(with_leads(reader, vec![found]).await?.pop().ok_or_else(|| Refusal::not_found("pair"))?)
}

async fn with_leads(reader: &Reader, pairs: Vec<DuplicatePair>) -> Result<Vec<PairWithLeads>, DbError> {
    let mut ids: Vec<LeadId> = pairs.iter().flat_map(|pair| [pair.lead_id, pair.other_id]).collect();
    ids.sort_unstable();
    ids.dedup();
    let leads: BTreeMap<LeadId, Lead> =
        reader.leads().get_all(&ids).await?.into_iter().map(|lead| (lead.id, lead)).collect();
    let both =
        |pair: &DuplicatePair| [pair.lead_id, pair.other_id].iter().filter_map(|id| leads.get(id).cloned()).collect();
    Ok(pairs.into_iter().map(|pair| PairWithLeads { leads: both(&pair), pair }).collect())
}

/// Which merges are asked for.
#[derive(Clone, Copy, Debug)]
pub struct MergesPage {
    /// From behind this one.
    pub before: Option<MergeId>,
    /// How many at most.
    pub limit: u64,
}

/// The leads that were merged into this one, newest first.
///
/// # Errors
/// There is no such lead, or the database failed.
pub async fn merges(reader: &Reader, lead: LeadId, page: &MergesPage) -> Result<Vec<Merge>, CommandError> {
    found(reader.erasures(), lead, reader.leads().get(lead).await?).await?;
    Ok(reader.duplicates().merges_into(lead, page.before, page.limit).await?)
}
