use actix_web::get;
use leadwright_app::custom_fields;
use utoipa::ToSchema;

use super::CustomFieldView;
use crate::http::{Can, Page, Params, Result, can::ConfigRead, page::PageInfo};

/// The custom fields of the organization.
#[derive(ToSchema)]
#[schema(as = CustomFieldList)]
#[expect(dead_code, reason = "the shape of Page<CustomFieldView> for the document")]
pub struct CustomFieldListShape {
    data: Vec<CustomFieldView>,
    page: PageInfo,
}

/// List the custom fields
///
/// All definitions in the order in which they were made, retired ones included. They always fit one page.
#[utoipa::path(
    tag = "Custom fields", operation_id = "listCustomFields", security(("bearer" = ["config:read"])),
    responses((status = 200, description = "The definitions", body = CustomFieldListShape))
)]
#[get("/custom-fields")]
pub async fn list_custom_fields(can: Can<ConfigRead>, params: Params) -> Result {
    params.finish()?;
    let found = custom_fields::list(&can.read()).await?;
    Ok(Page::whole(found.into_iter().map(CustomFieldView::from).collect()).answer(None))
}
