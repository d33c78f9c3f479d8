use actix_web::post;
use leadwright_app::imports::RevertImport;
use leadwright_domain::ids::kind::Import;

use super::{ImportView, accepted};
use crate::http::{Can, PathId, Result, can::ImportsWrite};

/// Take an import back
///
/// Removes the leads that the import made and to which nothing has happened since, for good; those that were worked on
/// stay, and so does what it changed of leads that were there before. It is a job: follow the import until it has
/// `succeeded`; `reverted` counts.
#[utoipa::path(
    tag = "Imports", operation_id = "revertImport", security(("bearer" = ["imports:write"])),
    params(("import_id" = uuid::Uuid, Path, description = "The id of the import")),
    responses((status = 202, description = "The import, which is being taken back", body = ImportView))
)]
#[post("/imports/{import_id}/revert")]
pub async fn revert_import(can: Can<ImportsWrite>, id: PathId<Import>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    let answer = can.write_once(b"", RevertImport(id.0), move |import| accepted(&import, &config)).await?;
    can.ask.app.work.notify_one();
    Ok(answer)
}
