use actix_web::{HttpRequest, HttpResponse, get, web::Path};
use leadwright_domain::fault::Refusal;

use super::problems::{answer, page};
use crate::http::ApiError;

/// Read about a kind of problem
///
/// What it means and how to mend it, for people; this is where the `type` of a problem leads.
#[utoipa::path(
    tag = "Operations", operation_id = "getProblem", security(()),
    params(("slug" = String, Path, description = "The last part of `type`", max_length = 60, pattern = "^[a-z-]+$", example = "validation-failed")),
    responses((status = 200, description = "The page", content((String = "text/html"), (String = "text/markdown"))))
)]
#[get("/problems/{slug}")]
pub async fn get_problem(request: HttpRequest, slug: Path<String>) -> Result<HttpResponse, ApiError> {
    let text = page(&slug).ok_or_else(|| Refusal::not_found("kind of problem"))?;
    Ok(answer(&request, text))
}
