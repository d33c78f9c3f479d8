//! Which pages may post, per form.

use actix_web::{HttpRequest, HttpResponse, http::header};
use leadwright_domain::capture::CaptureForm;

use crate::http::ApiError;

/// The origin of the page behind a request.
pub(super) fn origin(request: &HttpRequest) -> Option<&str> {
    request.headers().get(header::ORIGIN).and_then(|value| value.to_str().ok())
}

/// Refuses a browser's post from a page that the form does not know. Servers send no origin.
pub(super) fn check(form: &CaptureForm, origin: Option<&str>) -> Result<(), ApiError> {
    match origin {
        Some("null") if !form.allows("null") => Err(ApiError::forbidden(
            "The page hides its origin (`Origin: null`), so it can't be told from any other: give it a `Referrer-Policy` \
             other than `no-referrer`, take it out of its sandbox, or allow every page with `*` in `allowed_origins`.",
        )),
        Some(origin) if !form.allows(origin) => {
            Err(ApiError::forbidden("Pages of this origin may not post to this form; add it to `allowed_origins`."))
        }
        _ => Ok(()),
    }
}

/// Lets the page read the answer.
pub(super) fn let_read(response: &mut HttpResponse, form: &CaptureForm, origin: Option<&str>) {
    let Some(origin) = origin.filter(|origin| form.allows(origin)) else { return };
    let headers = response.headers_mut();
    if let Ok(origin) = header::HeaderValue::from_str(origin) {
        headers.insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        headers.append(header::VARY, header::HeaderValue::from_static("Origin"));
        let exposed = "RateLimit, RateLimit-Policy, Retry-After, X-Request-Id";
        headers.insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, header::HeaderValue::from_static(exposed));
    }
}
