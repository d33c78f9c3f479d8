use actix_web::get;
use leadwright_app::bulk_actions;
use leadwright_domain::ids::kind::BulkAction;

use super::BulkActionView;
use crate::http::{Answer, Can, PathId, Result, can::LeadsRead};

/// Read a bulk action
///
/// Where it stands, how far it is, and what became of the leads so far. Whoever does not see all leads sees their own;
/// managers also those that members of their teams ordered.
#[utoipa::path(
    tag = "Bulk actions", operation_id = "getBulkAction", security(("bearer" = ["leads:read"])),
    params(("bulk_action_id" = uuid::Uuid, Path, description = "The id of the bulk action")),
    responses((status = 200, description = "The bulk action", body = BulkActionView))
)]
#[get("/bulk-actions/{bulk_action_id}")]
pub async fn get_bulk_action(can: Can<LeadsRead>, id: PathId<BulkAction>) -> Result {
    let found = bulk_actions::get(&can.read(), can.role, id.0).await?;
    let config = can.ask.app.configuration(&can.call()).await?;
    // Being undone is no change of the job, but of what is shown of it.
    let shape = if found.undone_by.is_some() { "2" } else { "1" };
    Ok(Answer::ok(&BulkActionView::of(&found, &config)).etag(found.version, 0, shape))
}
