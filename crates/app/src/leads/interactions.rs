use crate::privacy::found;
use leadwright_domain::{
    ids::{InteractionId, LeadId},
    interactions::{Interaction, InteractionKind},
    time::Instant,
};
use leadwright_persistence::{CommandError, Reader};

/// Which interactions of a lead are asked for.
#[derive(Clone, Debug, Default)]
pub struct InteractionsPage {
    /// Of these kinds; of all where none is named.
    pub kinds: Vec<InteractionKind>,
    /// From behind this one.
    pub after: Option<(Instant, InteractionId)>,
    /// How many at most.
    pub limit: u64,
}

/// What a lead did, newest first.
///
/// # Errors
/// There is no such lead, or the database failed.
pub async fn interactions(
    reader: &Reader,
    lead: LeadId,
    page: &InteractionsPage,
) -> Result<Vec<Interaction>, CommandError> {
    found(reader.erasures(), lead, reader.leads().get(lead).await?).await?;
    let after = page.after.map(|(at, id)| (at, id.uuid()));
    Ok(reader.interactions().of_lead(lead, &page.kinds, after, page.limit).await?)
}
