use actix_web::post;
use leadwright_app::bulk_actions::CancelBulkAction;
use leadwright_domain::ids::kind::BulkAction;

use super::{BulkActionView, location};
use crate::http::{Answer, Can, PathId, Result, can::LeadsWrite};

/// Cancel a bulk action
///
/// Stops it between two parts. What is changed stays so, and can be undone. It is for whoever ordered it, admins and managers.
#[utoipa::path(
    tag = "Bulk actions", operation_id = "cancelBulkAction", security(("bearer" = ["leads:write"])),
    params(("bulk_action_id" = uuid::Uuid, Path, description = "The id of the bulk action")),
    responses((status = 202, description = "The bulk action as it stands", body = BulkActionView))
)]
#[post("/bulk-actions/{bulk_action_id}/cancel")]
pub async fn cancel_bulk_action(can: Can<LeadsWrite>, id: PathId<BulkAction>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    let command = CancelBulkAction { id: id.0, role: can.role };
    can.write_once(b"", command, move |stopped| {
        Answer::accepted(&BulkActionView::of(&stopped, &config)).header("Location", location(&stopped))
    })
    .await
}
