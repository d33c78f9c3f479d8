use actix_web::get;
use leadwright_app::views;
use utoipa::ToSchema;

use super::{SavedView, keeper};
use crate::http::{Can, Page, Params, Result, can::LeadsRead, page::PageInfo};

/// The saved views.
#[derive(ToSchema)]
#[schema(as = ViewList)]
#[expect(dead_code, reason = "the shape of Page<SavedView> for the document")]
pub struct ViewListShape {
    data: Vec<SavedView>,
    page: PageInfo,
}

/// List views
///
/// Yours and the shared ones, by name. They always fit one page.
#[utoipa::path(
    tag = "Views", operation_id = "listViews", security(("bearer" = ["leads:read"])),
    responses((status = 200, description = "The views", body = ViewListShape))
)]
#[get("/views")]
pub async fn list_views(can: Can<LeadsRead>, params: Params) -> Result {
    params.finish()?;
    let found = views::list(&can.read(), &keeper(&can)).await?;
    Ok(Page::whole(found.into_iter().map(SavedView::from).collect()).answer(None))
}
