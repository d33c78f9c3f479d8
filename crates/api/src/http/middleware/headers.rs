//! Security headers on every answer.

use actix_web::{
    Error,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::header::{self, HeaderName, HeaderValue},
    middleware::Next,
    web::Data,
};

use super::Edge;

/// JSON needs nothing from anywhere.
const NOTHING: &str = "default-src 'none'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// The documentation is a page: its own scripts and styles, and calls to this server.
const DOCS: &str = "default-src 'none'; script-src 'self'; style-src 'self' 'unsafe-inline'; img-src 'self' data:; \
     font-src 'self' data:; connect-src 'self'; frame-ancestors 'none'; base-uri 'none'; form-action 'none'";

/// Two years, as browsers' preload lists ask for.
const HSTS: &str = "max-age=63072000; includeSubDomains";

/// Adds the headers; those that a handler has set stay.
///
/// # Errors
/// Those of the services within.
pub async fn secure(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let is_docs = request.path().starts_with("/docs");
    let is_api = request.path().starts_with("/api/");
    let is_personal = request.headers().contains_key(header::AUTHORIZATION);
    let https = request.app_data::<Data<Edge>>().is_some_and(|edge| edge.https);
    let mut response = next.call(request).await?;
    let mut set = |name: HeaderName, value: &'static str| {
        if !response.headers().contains_key(&name) {
            response.headers_mut().insert(name, HeaderValue::from_static(value));
        }
    };
    set(header::X_CONTENT_TYPE_OPTIONS, "nosniff");
    set(header::CONTENT_SECURITY_POLICY, if is_docs { DOCS } else { NOTHING });
    set(header::X_FRAME_OPTIONS, "DENY");
    set(header::REFERRER_POLICY, "no-referrer");
    set(HeaderName::from_static("cross-origin-resource-policy"), if is_api { "cross-origin" } else { "same-origin" });
    set(HeaderName::from_static("x-robots-tag"), "noindex, nofollow");
    if https {
        set(header::STRICT_TRANSPORT_SECURITY, HSTS);
    }
    if is_personal || is_api {
        set(header::CACHE_CONTROL, "no-store");
    }
    Ok(response)
}
