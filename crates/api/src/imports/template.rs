use actix_web::{HttpResponse, get};
use leadwright_app::imports::template_csv;

use crate::http::{ApiError, Can, can::ImportsWrite};

/// Download a template
///
/// A CSV file with a column for every field, your custom fields included, and an example to replace. Columns that you
/// don't need can be left out.
#[utoipa::path(
    tag = "Imports", operation_id = "getImportTemplate", security(("bearer" = ["imports:write"])),
    responses((status = 200, description = "The template", body = String, content_type = "text/csv"))
)]
#[get("/imports/template.csv")]
pub async fn get_import_template(can: Can<ImportsWrite>) -> Result<HttpResponse, ApiError> {
    let config = can.ask.app.configuration(&can.call()).await?;
    Ok(HttpResponse::Ok()
        .content_type("text/csv; charset=utf-8")
        .insert_header(("Content-Disposition", "attachment; filename=\"leads.csv\""))
        .body(template_csv(&config)?))
}
