//! `HEAD` is answered as `GET` without a body, and who can't read our answers is told so before anything happens.

use actix_web::{
    Error, ResponseError,
    body::{BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::{Method, header},
    middleware::Next,
    web::Data,
};

use super::Edge;
use crate::http::ApiError;

/// Rewrites `HEAD`, refuses what can't be accepted.
///
/// # Errors
/// Those of the services within.
pub async fn negotiate(
    mut request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    if request.method() == Method::HEAD {
        // The connection remembers the method of the wire and leaves the body out.
        request.head_mut().method = Method::GET;
    }
    if let Some(allow) = allowed_instead(&request) {
        return Ok(request.into_response(ApiError::wrong_method(&allow).error_response()));
    }
    if let Some(ours) = instead_of_accepted(&request) {
        return Ok(request.into_response(ApiError::not_acceptable(&ours).error_response()));
    }
    Ok(next.call(request).await?.map_into_boxed_body())
}

/// The methods of an address that does not take this one. Asked before the routes are, to whom `/leads/search` looks like
/// the lead `search`.
fn allowed_instead(request: &ServiceRequest) -> Option<String> {
    let table = &request.app_data::<Data<Edge>>()?.table;
    let known = request.method() == Method::OPTIONS || table.takes(request.method().as_str(), request.path());
    if known { None } else { table.allow(request.path()) }
}

/// What is answered here, where none of it is accepted.
fn instead_of_accepted(request: &ServiceRequest) -> Option<Vec<String>> {
    // A plain HTML form wants a page and is sent on to one.
    if request.path().starts_with("/api/v1/capture/") {
        return None;
    }
    let sent = request.headers().get_all(header::ACCEPT).filter_map(|value| value.to_str().ok());
    let parts: Vec<&str> = sent.flat_map(|value| value.split(',')).filter(|part| !part.trim().is_empty()).collect();
    let ranges: Vec<&str> = parts.iter().copied().filter_map(wanted).collect();
    if parts.is_empty() || ranges.iter().any(|range| matches!(*range, "*/*" | "application/json")) {
        return None;
    }
    // Where there is nothing, or nothing in the answer that would have to be read, all is well.
    let ours = request.app_data::<Data<Edge>>()?.table.media_types(request.method().as_str(), request.path())?;
    let is_fine = ours.is_empty() || ours.iter().any(|ours| ranges.iter().any(|range| covers(range, ours)));
    (!is_fine).then(|| ours.iter().map(ToString::to_string).collect())
}

/// The media range of one part of `Accept`, unless its weight is 0.
fn wanted(part: &str) -> Option<&str> {
    let mut parts = part.split(';').map(str::trim);
    let range = parts.next().filter(|range| !range.is_empty())?;
    let is_zero = |weight: &str| weight.parse::<f32>().is_ok_and(|weight| weight <= 0.0);
    let refused = parts.any(|one| one.strip_prefix("q=").is_some_and(is_zero));
    (!refused).then_some(range)
}

fn covers(range: &str, ours: &str) -> bool {
    if range.eq_ignore_ascii_case(ours) || range == "*/*" {
        return true;
    }
    let family = |kind: &str| kind.split('/').next().unwrap_or_default().to_ascii_lowercase();
    // `+json` types are JSON too, and whoever reads JSON reads them.
    range.ends_with("/*") && family(range) == family(ours)
        || ours == "application/json" && range.to_ascii_lowercase().ends_with("+json")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn ranges_cover_what_they_name() {
        assert!(covers("application/*", "application/json") && covers("Application/JSON", "application/json"));
        assert!(covers("application/problem+json", "application/json"));
        assert!(!covers("text/*", "application/json") && !covers("text/html", "application/json"));
        assert_eq!(wanted("text/html;q=0"), None);
        assert_eq!(wanted(" text/html ; q=0.3"), Some("text/html"));
    }
}
