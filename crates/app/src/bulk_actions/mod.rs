//! Changing many leads at once (spec LEAD-4): a few in the transaction of the request, more as a job that goes on where it
//! was after any crash. Each lead is decided on as a request of its own would be; what one of them lacks never stops the
//! others. What was changed is kept for a while, so that it can be taken back.

mod cancel;
mod change;
mod check;
mod decide;
mod order;
mod part;
mod preview;
mod run;
mod undo;

pub use cancel::CancelBulkAction;
pub use check::check;
pub use order::{BeginBulkAction, ChangeNow, Pick, few};
pub use preview::{BulkPreview, EXAMINED, Sampled, preview};
pub use run::run;
pub use undo::UndoBulkAction;

use leadwright_domain::{
    access::Role,
    bulk_actions::{BulkAction, Failure},
    events::{EventKind, NewEvent},
    fault::{Problem, Refusal},
    ids::BulkActionId,
};
use leadwright_persistence::{CommandError, DbError, Reader, Tx, bulk_actions::FailureAt};
use serde_json::{Value, json};

/// One bulk action.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn get(reader: &Reader, role: Option<Role>, id: BulkActionId) -> Result<BulkAction, CommandError> {
    let led = reader.scope().leads.led(role);
    Ok(reader.bulk_actions().get(id, led).await?.ok_or_else(|| Refusal::not_found("bulk action"))?)
}

/// Bulk actions, newest first, before the one `before` if given.
///
/// # Errors
/// The database failed.
pub async fn list(
    reader: &Reader,
    role: Option<Role>,
    before: Option<BulkActionId>,
    limit: u64,
) -> Result<Vec<BulkAction>, DbError> {
    reader.bulk_actions().list(reader.scope().leads.led(role), before, limit).await
}

/// Leads that a bulk action left as they were because they may not be changed so, and why.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn failures(
    reader: &Reader,
    role: Option<Role>,
    id: BulkActionId,
    after: Option<FailureAt>,
    limit: usize,
) -> Result<Vec<(FailureAt, Failure)>, CommandError> {
    get(reader, role, id).await?;
    Ok(reader.bulk_actions().failures(id, after, limit).await?)
}

/// A bulk action that the caller may stop and take back.
async fn led(tx: &Tx, id: BulkActionId, role: Option<Role>) -> Result<BulkAction, CommandError> {
    let found = tx
        .bulk_actions()
        .get(id, tx.scope().leads.led(role))
        .await?
        .ok_or_else(|| Refusal::not_found("bulk action"))?;
    if found.may_be_led_by(tx.scope().actor, role) {
        return Ok(found);
    }
    let detail = "Somebody else ordered it; ask them, an admin or a manager.";
    Err(Refusal::new(Problem::Forbidden, detail).into())
}

/// The event that tells of a bulk action.
fn changed(action: &BulkAction, change: &str) -> NewEvent {
    let counts = &action.counts;
    let data: Value = json!({
        "change": change, "kind": action.action.kind(), "changed": counts.changed, "unchanged": counts.unchanged,
        "failed": counts.failed,
    });
    NewEvent::of(EventKind::BulkActionChanged, "bulk_action", action.id.uuid(), data)
}
