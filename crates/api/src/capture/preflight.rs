use actix_web::{HttpRequest, HttpResponse, http::header, route};

use super::cors;
use crate::http::{ApiError, Ask};

/// Ask whether a page may post to a form
///
/// The preflight of browsers (CORS). Pages of the form's allowed origins may post; the answer may be kept for a day.
#[utoipa::path(
    options, path = "/capture/{form_key}", tag = "Capture", operation_id = "preflightCapture", security(()),
    params(("form_key" = String, Path, description = "The public key of the form", max_length = 100)),
    responses((status = 204, description = "Whether it may is in the headers"))
)]
#[route("/capture/{form_key}", method = "OPTIONS")]
pub async fn preflight_capture(ask: Ask, request: HttpRequest) -> Result<HttpResponse, ApiError> {
    let form = super::submit::form(&ask, &request).await?;
    let mut response = HttpResponse::NoContent();
    response
        .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, "POST"))
        .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, "Content-Type, Idempotency-Key, X-Request-Id"))
        .insert_header((header::ACCESS_CONTROL_MAX_AGE, "86400"));
    let mut response = response.finish();
    cors::let_read(&mut response, &form.form, cors::origin(&request));
    Ok(response)
}
