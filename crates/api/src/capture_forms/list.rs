use actix_web::get;
use leadwright_app::capture_forms;
use utoipa::ToSchema;

use super::CaptureFormView;
use crate::http::{Can, Page, Params, Result, can::ConfigRead, page::PageInfo};

/// The capture forms of the organization.
#[derive(ToSchema)]
#[schema(as = CaptureFormList)]
#[expect(dead_code, reason = "the shape of Page<CaptureFormView> for the document")]
pub struct CaptureFormListShape {
    data: Vec<CaptureFormView>,
    page: PageInfo,
}

/// List the capture forms
///
/// All forms, oldest first, inactive ones included. They always fit one page.
#[utoipa::path(
    tag = "Capture forms", operation_id = "listCaptureForms", security(("bearer" = ["config:read"])),
    responses((status = 200, description = "The forms", body = CaptureFormListShape))
)]
#[get("/capture-forms")]
pub async fn list_capture_forms(can: Can<ConfigRead>, params: Params) -> Result {
    params.finish()?;
    let found = capture_forms::list(&can.read()).await?;
    Ok(Page::whole(found.into_iter().map(CaptureFormView::from).collect()).answer(None))
}
