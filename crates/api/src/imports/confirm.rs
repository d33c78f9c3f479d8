use actix_web::post;
use leadwright_app::imports::ConfirmImport;
use leadwright_domain::ids::kind::Import;

use super::{ImportView, accepted};
use crate::http::{Can, PathId, Result, can::ImportsWrite};

/// Confirm an import
///
/// Lets an import go on that stopped after validation (`awaiting_confirmation`).
#[utoipa::path(
    tag = "Imports", operation_id = "confirmImport", security(("bearer" = ["imports:write"])),
    params(("import_id" = uuid::Uuid, Path, description = "The id of the import")),
    responses((status = 202, description = "The import, which goes on", body = ImportView))
)]
#[post("/imports/{import_id}/confirm")]
pub async fn confirm_import(can: Can<ImportsWrite>, id: PathId<Import>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    let answer = can.write_once(b"", ConfirmImport(id.0), move |import| accepted(&import, &config)).await?;
    can.ask.app.work.notify_one();
    Ok(answer)
}
