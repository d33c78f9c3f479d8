//! Pages of what happened to a lead, of some kinds only.

use leadwright_app::leads::happened;
use leadwright_domain::{
    events::{Event, EventKind},
    ids::LeadId,
    leads::Lead,
};

use super::listing::{MOST, USUAL};
use crate::http::{Can, Params, Result, can::LeadsRead, cursor, page::PageInfo};

/// One page.
pub struct Happenings {
    /// The lead as it is.
    pub lead: Lead,
    /// What happened to it, newest first.
    pub events: Vec<Event>,
    /// How to go on.
    pub page: PageInfo,
    /// How many were asked for.
    pub limit: i64,
}

/// Reads a page; `list` names it.
///
/// # Errors
/// The parameters are not valid, there is no such lead, or the database failed.
pub async fn read(
    can: &Can<LeadsRead>,
    mut params: Params,
    id: LeadId,
    list: &str,
    kinds: &[EventKind],
) -> Result<Happenings> {
    let limit = params.number("limit", 1, MOST).unwrap_or(USUAL);
    let after = params.text("cursor");
    params.finish()?;
    let (secrets, reader) = (&can.ask.app.secrets, can.read());
    let list = format!("{list} {} {id}", can.name());
    let before = after.map(|cursor| cursor::open(secrets, &list, &cursor, reader.now())).transpose()?;
    let (lead, mut events) = happened(&reader, id, kinds, before, limit.unsigned_abs() + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let has_more = events.len() > wanted;
    events.truncate(wanted);
    let last = events.last().filter(|_| has_more).map(|event| event.id);
    let next_cursor = last.map(|last| cursor::seal(secrets, &list, &last, reader.now())).transpose()?;
    Ok(Happenings { lead, events, page: PageInfo { next_cursor, has_more }, limit })
}
