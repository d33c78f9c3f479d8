//! The same walk without the write: what would happen, on a reader, with no locks, turns or events kept.

use std::sync::Arc;

use leadwright_domain::{events::NewEvent, ids::Id};
use leadwright_persistence::{CommandError, Reader};

use super::{
    Incoming, Outcome,
    decide::{Decided, Decider},
    load::Loader,
    working::Working,
};
use crate::Configuration;

/// What an item would come to, with the events it would append. The id of a new lead is the nil id: nothing was made.
///
/// # Errors
/// The database failed.
pub async fn preview(
    reader: &Reader,
    config: &Arc<Configuration>,
    item: &Incoming,
) -> Result<(Outcome, Vec<NewEvent>), CommandError> {
    let needs = config.model.needs(reader.now());
    let loaded = Loader::of_reader(reader).load(&[&item.prepared], item.route, config, &needs).await?;
    let mut working = Working::new(loaded);
    let decider = Decider::new(config, reader.now());
    let Decided { outcome, events } = decider.decide(item, Id::from_uuid(uuid::Uuid::nil()), &mut working);
    Ok((outcome, events))
}
