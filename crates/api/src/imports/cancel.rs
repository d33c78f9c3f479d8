use actix_web::post;
use leadwright_app::imports::CancelImport;
use leadwright_domain::ids::kind::Import;

use super::{ImportView, accepted};
use crate::http::{Can, PathId, Result, can::ImportsWrite};

/// Cancel an import
///
/// Stops an import between two batches. What is in stays in; the counts say how much that is.
#[utoipa::path(
    tag = "Imports", operation_id = "cancelImport", security(("bearer" = ["imports:write"])),
    params(("import_id" = uuid::Uuid, Path, description = "The id of the import")),
    responses((status = 202, description = "The import as it stands", body = ImportView))
)]
#[post("/imports/{import_id}/cancel")]
pub async fn cancel_import(can: Can<ImportsWrite>, id: PathId<Import>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    can.write_once(b"", CancelImport(id.0), move |import| accepted(&import, &config)).await
}
