use actix_web::get;
use leadwright_app::import_mappings;
use utoipa::ToSchema;

use super::ImportMappingView;
use crate::http::{Can, Page, Params, Result, can::ImportsWrite, page::PageInfo};

/// The saved mappings.
#[derive(ToSchema)]
#[schema(as = ImportMappingList)]
#[expect(dead_code, reason = "the shape of Page<ImportMappingView> for the document")]
pub struct ImportMappingListShape {
    data: Vec<ImportMappingView>,
    page: PageInfo,
}

/// List the saved mappings
///
/// All of them, by name. They always fit one page.
#[utoipa::path(
    tag = "Imports", operation_id = "listImportMappings", security(("bearer" = ["imports:write"])),
    responses((status = 200, description = "The mappings", body = ImportMappingListShape))
)]
#[get("/import-mappings")]
pub async fn list_import_mappings(can: Can<ImportsWrite>, params: Params) -> Result {
    params.finish()?;
    let found = import_mappings::list(&can.read()).await?;
    Ok(Page::whole(found.into_iter().map(ImportMappingView::from).collect()).answer(None))
}
