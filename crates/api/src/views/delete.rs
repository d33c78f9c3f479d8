use actix_web::delete;
use leadwright_app::views::DeleteView;
use leadwright_domain::ids::kind::View;

use super::keeper;
use crate::http::{Answer, Can, IfMatch, PathId, Result, can::LeadsRead};

/// Delete a view
///
/// The leads stay. A shared one is deleted by its owner, admins and managers, with `leads:write`.
#[utoipa::path(
    tag = "Views", operation_id = "deleteView", security(("bearer" = ["leads:read"])),
    params(("view_id" = uuid::Uuid, Path, description = "The id of the view")),
    responses((status = 204, description = "The view is gone"))
)]
#[delete("/views/{view_id}")]
pub async fn delete_view(can: Can<LeadsRead>, id: PathId<View>, expected: IfMatch) -> Result {
    can.write(DeleteView { id: id.0, expected: expected.0, keeper: keeper(&can) }).await?;
    Ok(Answer::no_content())
}
