//! Reading suggestions, each with its lead.

use std::collections::BTreeMap;

use leadwright_domain::{
    fault::Refusal,
    ids::{LeadId, SuggestionId},
    leads::Lead,
    suggestions::Suggestion,
};
use leadwright_persistence::{CommandError, DbError, Reader, suggestions::SuggestionQuery};

use crate::privacy::found;

/// A suggestion and the lead that it is about.
#[derive(Clone, Debug)]
pub struct SuggestionWithLead {
    /// The suggestion.
    pub suggestion: Suggestion,
    /// The lead as it is.
    pub lead: Lead,
}

/// Suggestions for leads that the caller sees, the newest first.
///
/// # Errors
/// The database failed.
pub async fn suggestions(reader: &Reader, query: &SuggestionQuery) -> Result<Vec<SuggestionWithLead>, CommandError> {
    let found = reader.suggestions().list(query).await?;
    Ok(with_leads(reader, found).await?)
}

/// Suggestions for a lead.
///
/// # Errors
/// There is no such lead, or the database failed.
pub async fn of_lead(
    reader: &Reader,
    lead: LeadId,
    query: &SuggestionQuery,
) -> Result<Vec<SuggestionWithLead>, CommandError> {
    found(reader.erasures(), lead, reader.leads().get(lead).await?).await?;
    suggestions(reader, &SuggestionQuery { lead: Some(lead), ..query.clone() }).await
}

/// One suggestion.
///
/// # Errors
/// There is none of this id for a lead that the caller sees, or the database failed.
pub async fn suggestion(reader: &Reader, id: SuggestionId) -> Result<SuggestionWithLead, CommandError> {
    let missing = || Refusal::not_found("suggestion");
    let found = reader.suggestions().get(id).await?.ok_or_else(missing)?;
    Ok(with_leads(reader, vec![found]).await?.pop().ok_or_else(missing)?)
}

async fn with_leads(reader: &Reader, found: Vec<Suggestion>) -> Result<Vec<SuggestionWithLead>, DbError> {
    let mut ids: Vec<LeadId> = found.iter().map(|one| one.lead_id).collect();
    ids.sort_unstable();
    ids.dedup();
    let leads: BTreeMap<LeadId, Lead> =
        reader.leads().get_all(&ids).await?.into_iter().map(|lead| (lead.id, lead)).collect();
    let with = |suggestion: Suggestion| {
        let lead = leads.get(&suggestion.lead_id)?.clone();
        Some(SuggestionWithLead { suggestion, lead })
    };
    Ok(found.into_iter().filter_map(with).collect())
}
