//! What every change of a setting has in common: it is made one after the other, over the version that was read, and
//! the log and the other nodes hear of it.

use leadwright_domain::{
    events::{EventKind, NewEvent},
    fault::{Problem, Refusal},
};
use leadwright_persistence::{CommandError, DbError, Tx};
use serde_json::Value;
use uuid::Uuid;

use crate::version;

/// A kind of setting: what people call it, and how the event log names it.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Setting {
    /// For sentences: `lead source`.
    pub(crate) name: &'static str,
    /// For the log: `lead_source`.
    pub(crate) subject: &'static str,
}

impl Setting {
    /// The setting that was asked for, still at the version that the caller has seen.
    pub(crate) fn found<T>(
        self,
        found: Option<T>,
        current: impl Fn(&T) -> i64,
        expected: Option<i64>,
    ) -> Result<T, CommandError> {
        let found = found.ok_or_else(|| Refusal::not_found(self.name))?;
        version::expect(current(&found), expected)?;
        Ok(found)
    }

    /// Refuses where a clash means that another has this name, key or code already.
    pub(crate) fn taken(self, error: DbError, unique: &[(&str, &str, &str)]) -> CommandError {
        for (constraint, column, field) in unique {
            if error.violates(constraint, column) {
                let detail = format!("Another {} has this {field}; choose another, or change that one.", self.name);
                return Refusal::new(Problem::AlreadyExists, detail).with("field", *field).into();
            }
        }
        error.into()
    }

    /// Tells the log. `data` says what was done: `{"change": "created", …}`.
    pub(crate) fn tell(self, tx: &Tx, id: Uuid, data: Value) {
        tx.append(NewEvent::of(EventKind::ConfigChanged, self.subject, id, data));
    }
}

/// Begins a change of settings: from here to the commit nobody else changes settings of this organization, so that what
/// is counted or put in order stays so; and every node will load them anew.
pub(crate) async fn begin(tx: &Tx) -> Result<(), DbError> {
    tx.bump_config().await
}

/// Whether the row was still at the version that was read.
pub(crate) fn written(done: bool, version: i64) -> Result<(), CommandError> {
    if done { Ok(()) } else { Err(version::stale(version + 1).into()) }
}
