//! The same walk without the write: what would happen, on a reader, with no locks, turns or events kept.

use std::sync::Arc;

use leadwright_domain::{events::NewEvent, ids::Id};
use leadwright_persistence::{CommandError, DbError, Reader};

use super::{
    Incoming, Outcome,
    decide::{Decided, Decider},
    load::Loader,
    working::Working,
};
use crate::Configuration;

/// What would happen to one item, and the events that would tell of it.
pub type Foreseen = (Outcome, Vec<NewEvent>);

/// What an item would come to, with the events it would append. The id of a new lead is the nil id: nothing was made.
///
/// # Errors
/// The database failed.
pub async fn preview(reader: &Reader, config: &Arc<Configuration>, item: &Incoming) -> Result<Foreseen, CommandError> {
    let foreseen = preview_all(reader, config, &[item]).await?.pop();
    Ok(foreseen.ok_or_else(|| DbError::Other("an item came to nothing".to_owned()))?)
}

/// What the items of a batch would come to; later ones see what earlier ones would make. Ids of new leads count from
/// the nil id.
///
/// # Errors
/// The database failed.
pub async fn preview_all(
    reader: &Reader,
    config: &Arc<Configuration>,
    items: &[&Incoming],
) -> Result<Vec<Foreseen>, CommandError> {
    let needs = config.model.needs(reader.now());
    let prepared: Vec<_> = items.iter().map(|item| &*item.prepared).collect();
    let routes = items.iter().any(|item| item.route);
    let loaded = Loader::of_reader(reader).load(&prepared, routes, config, &needs).await?;
    let mut working = Working::new(loaded);
    let decider = Decider::new(config, reader.now());
    let foresee = |(number, item): (u128, &&Incoming)| {
        let id = Id::from_uuid(uuid::Uuid::from_u128(number));
        let Decided { outcome, events } = decider.decide(item, id, &mut working);
        (outcome, events)
    };
    Ok((0_u128..).zip(items).map(foresee).collect())
}
