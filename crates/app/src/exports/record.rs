//! That leads left the system is an event: who took them, how, which and how many.

use leadwright_domain::{
    events::{EventKind, NewEvent},
    ids::Id,
};
use leadwright_persistence::{Command, CommandError, Tx};
use serde_json::Value;

/// Tells of an export.
#[derive(Clone, Debug)]
pub(super) struct RecordExport(pub(super) Value);

#[async_trait::async_trait]
impl Command for RecordExport {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let id = Id::<()>::uuid(tx.new_id());
        tx.append(NewEvent::of(EventKind::LeadsExported, "export", id, self.0.clone()));
        Ok(())
    }
}
