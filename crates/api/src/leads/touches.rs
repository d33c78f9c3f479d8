use actix_web::get;
use leadwright_app::leads;
use leadwright_domain::ids::kind::Lead;
use utoipa::ToSchema;

use super::parts::TouchView;
use crate::http::{Can, Page, Params, PathId, Result, can::LeadsRead, page::PageInfo};

/// The touches of a lead.
#[derive(ToSchema)]
#[schema(as = TouchList)]
#[expect(dead_code, reason = "the shape of Page<TouchView> for the document")]
pub struct TouchListShape {
    data: Vec<TouchView>,
    page: PageInfo,
}

/// List where a lead came from
///
/// Every touch that is known, oldest first: the first one stays, the last one is `last_touch` of the lead. At most 50 are
/// kept, so they always fit one page.
#[utoipa::path(
    tag = "Leads", operation_id = "listTouches", security(("bearer" = ["leads:read"])),
    params(("lead_id" = uuid::Uuid, Path, description = "The id of the lead")),
    responses((status = 200, description = "The touches", body = TouchListShape))
)]
#[get("/leads/{lead_id}/touches")]
pub async fn list_lead_touches(can: Can<LeadsRead>, id: PathId<Lead>, params: Params) -> Result {
    params.finish()?;
    let lead = leads::get(&can.read(), id.0).await?;
    Ok(Page::whole(lead.profile.touches().into_iter().map(TouchView::from).collect()).answer(None))
}
