use std::sync::Arc;

use actix_web::post;
use leadwright_app::bulk_actions::UndoBulkAction;
use leadwright_domain::{access::Permission, ids::kind::BulkAction};

use super::{BulkActionView, answer, location};
use crate::http::{Answer, Can, PathId, Result, can::LeadsWrite};

/// Undo a bulk action
///
/// Puts back the leads that nobody has changed since, for 7 days after its end; the others stay as they are and are listed as
/// failures of the undo, which is a bulk action itself. Asked again, the same undo is answered. It is for whoever ordered the
/// change, admins and managers; where leads change hands, it needs `leads:assign`.
#[utoipa::path(
    tag = "Bulk actions", operation_id = "undoBulkAction", security(("bearer" = ["leads:write"])),
    params(("bulk_action_id" = uuid::Uuid, Path, description = "The id of the bulk action")),
    responses(
        (status = 200, description = "It was undone before", body = BulkActionView),
        (status = 201, description = "It is undone; at most 100 leads had been changed", body = BulkActionView),
        (status = 202, description = "A job undoes it", body = BulkActionView),
    )
)]
#[post("/bulk-actions/{bulk_action_id}/undo")]
pub async fn undo_bulk_action(can: Can<LeadsWrite>, id: PathId<BulkAction>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    let command = UndoBulkAction {
        id: id.0,
        role: can.role,
        may_assign: can.permissions.contains(&Permission::LeadsAssign),
        configurations: Arc::clone(&can.ask.app.configurations),
    };
    let answered = can.write_once(b"", command, move |(undo, is_new)| match (is_new, undo.state.is_final()) {
        (false, true) => Answer::ok(&BulkActionView::of(&undo, &config)).header("Location", location(&undo)),
        _ => answer(&undo, &config),
    });
    let answered = answered.await?;
    can.ask.app.work.notify_one();
    Ok(answered)
}
