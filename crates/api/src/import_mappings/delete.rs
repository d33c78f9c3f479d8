use actix_web::delete;
use leadwright_app::import_mappings::DeleteImportMapping;
use leadwright_domain::ids::kind::ImportMapping;

use crate::http::{Answer, Can, IfMatch, PathId, Result, can::ImportsWrite};

/// Delete a saved mapping
///
/// Imports that used it keep what it said.
#[utoipa::path(
    tag = "Imports", operation_id = "deleteImportMapping", security(("bearer" = ["imports:write"])),
    params(("mapping_id" = uuid::Uuid, Path, description = "The id of the mapping")),
    responses((status = 204, description = "The mapping is gone"))
)]
#[delete("/import-mappings/{mapping_id}")]
pub async fn delete_import_mapping(can: Can<ImportsWrite>, id: PathId<ImportMapping>, expected: IfMatch) -> Result {
    can.write(DeleteImportMapping { id: id.0, expected: expected.0 }).await?;
    Ok(Answer::no_content())
}
