use actix_web::delete;
use leadwright_app::imports::DeleteImport;
use leadwright_domain::ids::kind::Import;

use crate::http::{Answer, Can, IfMatch, PathId, Result, can::ImportsWrite};

/// Delete an import
///
/// Throws away what is kept of an import that is over: counts, rejected rows, and what would be needed to take it back.
/// The leads stay.
#[utoipa::path(
    tag = "Imports", operation_id = "deleteImport", security(("bearer" = ["imports:write"])),
    params(("import_id" = uuid::Uuid, Path, description = "The id of the import")),
    responses((status = 204, description = "The import is gone"))
)]
#[delete("/imports/{import_id}")]
pub async fn delete_import(can: Can<ImportsWrite>, id: PathId<Import>, expected: IfMatch) -> Result {
    can.write(DeleteImport { id: id.0, expected: expected.0 }).await?;
    Ok(Answer::no_content())
}
