//! What surrounds every route, outermost first: request id, span and access log, metrics, security headers, CORS,
//! compression, problems, negotiation, readiness and limits.

pub mod address;
pub mod cors;
pub mod encoding;
pub mod headers;
pub mod limits;
pub mod negotiation;
pub mod observe;
pub mod problems;
pub mod readiness;
pub mod request_id;
pub mod span;
mod table;

use std::time::Duration;

use actix_web::{HttpRequest, HttpResponse, ResponseError, http::Method, web::Data};
use serde_json::Value;

use self::{cors::Cors, limits::Limits, readiness::Readiness, table::Table};
use super::ApiError;
use crate::config::{Network, Settings};

/// What the middleware knows: shared by all threads of the server.
#[derive(Debug)]
pub struct Edge {
    /// Whether requests are served yet, or still.
    pub readiness: Readiness,
    limits: Limits,
    cors: Cors,
    table: Table,
    trusted_proxies: Vec<Network>,
    https: bool,
    /// The largest JSON body, in bytes.
    pub json_body: usize,
    /// How long a client may take to send it.
    pub body_timeout: Duration,
}

impl Edge {
    /// From the settings and the OpenAPI document.
    pub fn new(settings: &Settings, document: &Value, readiness: Readiness) -> Self {
        Self {
            readiness,
            limits: Limits::new(&settings.limits),
            cors: Cors::new(&settings.cors),
            table: Table::of(document),
            trusted_proxies: settings.http.trusted_proxies.clone(),
            https: settings.http.public_url.as_ref().is_some_and(crate::config::PublicUrl::is_https),
            json_body: settings.limits.json_body.0,
            body_timeout: settings.limits.body_timeout.0,
        }
    }
}

/// Answers what no route does: `OPTIONS`, a method that the address does not take, an unknown address.
pub async fn no_route(request: HttpRequest, edge: Data<Edge>) -> HttpResponse {
    let Some(allow) = edge.table.allow(request.path()) else { return ApiError::unknown_route().error_response() };
    if request.method() == Method::OPTIONS {
        return HttpResponse::NoContent().insert_header(("Allow", allow)).finish();
    }
    ApiError::wrong_method(&allow).error_response()
}

/// Whether the path is that of a probe or a public document: these are open to all and not limited.
fn is_operational(path: &str) -> bool {
    matches!(
        path,
        "/healthz" | "/readyz" | "/metrics" | "/openapi.json" | "/.well-known/jwks.json" | "/docs" | "/problems"
    ) || path.starts_with("/docs/")
        || path.starts_with("/problems/")
}

/// Whether the path is that of a public capture form, which keeps a CORS list of its own.
fn is_capture(path: &str) -> bool {
    path.starts_with("/api/v1/capture/")
}
