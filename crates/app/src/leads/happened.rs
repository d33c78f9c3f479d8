use crate::privacy::found;
use leadwright_domain::{
    events::{Event, EventKind},
    ids::LeadId,
    leads::Lead,
};
use leadwright_persistence::{CommandError, Reader};
use uuid::Uuid;

/// What happened to a lead of some kinds, newest first, and the lead as it is.
///
/// # Errors
/// There is no such lead, or the database failed.
pub async fn happened(
    reader: &Reader,
    lead: LeadId,
    kinds: &[EventKind],
    before: Option<Uuid>,
    limit: u64,
) -> Result<(Lead, Vec<Event>), CommandError> {
    let lead = found(reader.erasures(), lead, reader.leads().get(lead).await?).await?;
    let events = reader.events().of_lead_and_kinds(lead.id, kinds, before, limit).await?;
    Ok((lead, events))
}
