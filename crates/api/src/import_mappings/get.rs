use actix_web::get;
use leadwright_app::import_mappings;
use leadwright_domain::ids::kind::ImportMapping;

use super::{ImportMappingView, shown};
use crate::http::{Can, PathId, Result, can::ImportsWrite};

/// Read a saved mapping
///
/// What its columns and values stand for.
#[utoipa::path(
    tag = "Imports", operation_id = "getImportMapping", security(("bearer" = ["imports:write"])),
    params(("mapping_id" = uuid::Uuid, Path, description = "The id of the mapping")),
    responses((status = 200, description = "The mapping", body = ImportMappingView))
)]
#[get("/import-mappings/{mapping_id}")]
pub async fn get_import_mapping(can: Can<ImportsWrite>, id: PathId<ImportMapping>) -> Result {
    Ok(shown(import_mappings::get(&can.read(), id.0).await?))
}
