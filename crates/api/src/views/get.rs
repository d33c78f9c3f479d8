use actix_web::get;
use leadwright_app::views;
use leadwright_domain::ids::kind::View;

use super::{SavedView, keeper, shown};
use crate::http::{Can, PathId, Result, can::LeadsRead};

/// Read a view
///
/// Yours, or a shared one.
#[utoipa::path(
    tag = "Views", operation_id = "getView", security(("bearer" = ["leads:read"])),
    params(("view_id" = uuid::Uuid, Path, description = "The id of the view")),
    responses((status = 200, description = "The view", body = SavedView))
)]
#[get("/views/{view_id}")]
pub async fn get_view(can: Can<LeadsRead>, id: PathId<View>) -> Result {
    Ok(shown(views::get(&can.read(), &keeper(&can), id.0).await?))
}
