//! Which web pages may call the API. Capture forms are left out: each has a list of its own.

use actix_web::{
    Error, HttpResponse, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{self, HeaderMap, HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};

use super::{Edge, is_capture};
use crate::{config, http::ApiError};

/// What scripts of other origins may read of an answer, besides what they always may.
pub const EXPOSED: &str =
    "ETag, Location, Link, RateLimit, RateLimit-Policy, X-Request-Id, Retry-After, Idempotency-Replayed, Suggested";

/// What they may send.
const METHODS: &str = "GET, HEAD, POST, PUT, PATCH, DELETE, OPTIONS";

/// Headers they may send.
const HEADERS: &str =
    "Accept, Authorization, Content-Type, Idempotency-Key, If-Match, If-None-Match, Traceparent, X-Request-Id";

const PREFLIGHT_METHOD: HeaderName = header::ACCESS_CONTROL_REQUEST_METHOD;

/// The allow-list.
#[derive(Debug)]
pub struct Cors {
    all: bool,
    origins: Vec<String>,
    max_age: String,
}

impl Cors {
    /// From the settings.
    pub fn new(settings: &config::Cors) -> Self {
        Self {
            all: settings.origins.iter().any(|origin| origin.0 == "*"),
            origins: settings.origins.iter().map(|origin| origin.0.clone()).collect(),
            max_age: settings.max_age.0.as_secs().to_string(),
        }
    }

    /// What to allow a page of this origin: itself, or everybody. Credentials travel in `Authorization` alone, so that
    /// `*` gives nothing away.
    fn allowed(&self, origin: &HeaderValue) -> Option<HeaderValue> {
        if self.all {
            return Some(HeaderValue::from_static("*"));
        }
        let origin = origin.to_str().ok()?;
        let known = self.origins.iter().any(|known| known.eq_ignore_ascii_case(origin));
        if known { HeaderValue::from_str(origin).ok() } else { None }
    }

    fn preflight(&self, allowed: Option<HeaderValue>) -> HttpResponse {
        let Some(origin) = allowed else {
            return ApiError::origin_not_allowed().error_response();
        };
        HttpResponse::NoContent()
            .insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, origin))
            .insert_header((header::ACCESS_CONTROL_ALLOW_METHODS, METHODS))
            .insert_header((header::ACCESS_CONTROL_ALLOW_HEADERS, HEADERS))
            .insert_header((header::ACCESS_CONTROL_MAX_AGE, self.max_age.as_str()))
            .finish()
    }
}

/// Answers preflight requests and tells browsers which pages may read the answer.
///
/// # Errors
/// Those of the services within.
pub async fn share(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let Some(edge) = request.app_data::<Data<Edge>>().cloned() else {
        return Ok(next.call(request).await?.map_into_boxed_body());
    };
    if is_capture(request.path()) {
        return Ok(next.call(request).await?.map_into_boxed_body());
    }
    let Some(origin) = request.headers().get(header::ORIGIN).cloned() else {
        let mut response = next.call(request).await?.map_into_boxed_body();
        vary(response.headers_mut(), &edge.cors);
        return Ok(response);
    };
    let allowed = edge.cors.allowed(&origin);
    if request.method() == Method::OPTIONS && request.headers().contains_key(PREFLIGHT_METHOD) {
        let mut response = request.into_response(edge.cors.preflight(allowed));
        vary(response.headers_mut(), &edge.cors);
        return Ok(response);
    }
    let mut response = next.call(request).await?.map_into_boxed_body();
    if let Some(origin) = allowed {
        response.headers_mut().insert(header::ACCESS_CONTROL_ALLOW_ORIGIN, origin);
        response.headers_mut().insert(header::ACCESS_CONTROL_EXPOSE_HEADERS, HeaderValue::from_static(EXPOSED));
    }
    vary(response.headers_mut(), &edge.cors);
    Ok(response)
}

/// An answer that depends on the origin must not be given to another one by a cache.
fn vary(headers: &mut HeaderMap, cors: &Cors) {
    if !cors.all && !cors.origins.is_empty() {
        headers.append(header::VARY, HeaderValue::from_static("Origin"));
    }
}
