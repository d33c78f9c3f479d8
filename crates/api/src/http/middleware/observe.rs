//! Counts and times requests by route template.

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::Method,
    middleware::Next,
};
use metrics::{counter, gauge, histogram};

use super::request_id::Asked;

/// One more request in flight, until dropped.
struct InFlight;

impl InFlight {
    fn begin() -> Self {
        gauge!("http_requests_in_flight").increment(1.0);
        Self
    }
}

impl Drop for InFlight {
    fn drop(&mut self) {
        gauge!("http_requests_in_flight").decrement(1.0);
    }
}

/// Counts a request, and how long it took to its answer.
///
/// # Errors
/// Those of the services within.
pub async fn count(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let _in_flight = InFlight::begin();
    let response = next.call(request).await?;
    let asked = response.request().extensions().get::<Asked>().cloned();
    if let Some(asked) = asked {
        let method = known(&asked.method);
        let route = response.request().match_pattern().unwrap_or_else(|| "unmatched".to_owned());
        let status = response.status().as_u16().to_string();
        counter!("http_requests_total", "method" => method, "route" => route.clone(), "status" => status).increment(1);
        histogram!("http_request_duration_seconds", "method" => method, "route" => route).record(asked.at.elapsed());
    }
    Ok(response)
}

/// Methods that callers make up must not become series.
fn known(method: &Method) -> &'static str {
    match method.as_str() {
        "GET" => "GET",
        "HEAD" => "HEAD",
        "POST" => "POST",
        "PUT" => "PUT",
        "PATCH" => "PATCH",
        "DELETE" => "DELETE",
        "OPTIONS" => "OPTIONS",
        _ => "other",
    }
}
