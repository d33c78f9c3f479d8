use actix_web::get;
use leadwright_app::sources;
use utoipa::ToSchema;

use super::LeadSourceView;
use crate::http::{Can, Page, Params, Result, can::ConfigRead, page::PageInfo};

/// The catalogue of lead sources.
#[derive(ToSchema)]
#[schema(as = LeadSourceList)]
#[expect(dead_code, reason = "the shape of Page<LeadSourceView> for the document")]
pub struct LeadSourceListShape {
    data: Vec<LeadSourceView>,
    page: PageInfo,
}

/// List the lead sources
///
/// The whole catalogue, by name, inactive sources included. It always fits one page.
#[utoipa::path(
    tag = "Lead sources", operation_id = "listLeadSources", security(("bearer" = ["config:read"])),
    responses((status = 200, description = "The catalogue", body = LeadSourceListShape))
)]
#[get("/lead-sources")]
pub async fn list_lead_sources(can: Can<ConfigRead>, params: Params) -> Result {
    params.finish()?;
    let found = sources::list(&can.read()).await?;
    Ok(Page::whole(found.into_iter().map(LeadSourceView::from).collect()).answer(None))
}
