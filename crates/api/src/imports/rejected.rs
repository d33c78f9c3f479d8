use actix_web::{HttpResponse, get};
use futures_util::StreamExt;
use leadwright_app::imports::{self, rejected_csv};
use leadwright_domain::ids::kind::Import;

use crate::http::{ApiError, Can, PathId, can::ImportsWrite};

/// Download rejected rows
///
/// The rows that could not be taken, as CSV: the original columns, then `import_line` and `import_reasons`. Mend the rows
/// and send the file as a new import; the two added columns are passed over.
#[utoipa::path(
    tag = "Imports", operation_id = "getRejectedRows", security(("bearer" = ["imports:write"])),
    params(("import_id" = uuid::Uuid, Path, description = "The id of the import")),
    responses((status = 200, description = "The rows", body = String, content_type = "text/csv"))
)]
#[get("/imports/{import_id}/rejected.csv")]
pub async fn get_rejected_rows(can: Can<ImportsWrite>, id: PathId<Import>) -> Result<HttpResponse, ApiError> {
    let import = imports::get(&can.read(), id.0).await?;
    let pieces = rejected_csv(can.read(), &import).map(|piece| piece.map(actix_web::web::Bytes::from));
    let name = format!("attachment; filename=\"rejected-{}.csv\"", import.id);
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(("Content-Disposition", name))
        .streaming(Box::pin(pieces)))
}
