use actix_web::get;
use leadwright_app::imports;
use leadwright_domain::ids::kind::Import;

use super::ImportView;
use crate::http::{Answer, Can, PathId, Result, can::ImportsWrite};

/// Read an import
///
/// Where it stands, how far it is, and what became of the rows.
#[utoipa::path(
    tag = "Imports", operation_id = "getImport", security(("bearer" = ["imports:write"])),
    params(("import_id" = uuid::Uuid, Path, description = "The id of the import")),
    responses((status = 200, description = "The import", body = ImportView))
)]
#[get("/imports/{import_id}")]
pub async fn get_import(can: Can<ImportsWrite>, id: PathId<Import>) -> Result {
    let import = imports::get(&can.read(), id.0).await?;
    let config = can.ask.app.configuration(&can.call()).await?;
    Ok(Answer::ok(&ImportView::of(&import, &config)).version(import.version))
}
