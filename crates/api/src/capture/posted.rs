//! Reading what was posted: JSON or an HTML form's encoding, into flat fields.

use actix_web::{HttpRequest, http::header};
use leadwright_app::capture::{self, Posted, URLENCODED, Unreadable};
use serde_json::json;

use crate::http::ApiError;

/// The largest post, in bytes.
pub(super) const LARGEST: usize = 256 * 1024;

/// Whether a browser posted a plain HTML form and wants a page next.
pub(super) fn wants_page(request: &HttpRequest) -> bool {
    let accepts = |kind: &str| {
        request
            .headers()
            .get(header::ACCEPT)
            .and_then(|value| value.to_str().ok())
            .is_some_and(|all| all.contains(kind))
    };
    essence(request) == URLENCODED && accepts("text/html")
}

/// Reads a post.
pub(super) fn read(request: &HttpRequest, raw: &[u8], address_hash: String) -> Result<Posted, ApiError> {
    let kind = essence(request);
    let fields = capture::fields(&kind, raw).map_err(|unreadable| match unreadable {
        Unreadable::MediaType => ApiError::wrong_media_type("application/json` or `application/x-www-form-urlencoded"),
        Unreadable::Body(why) => ApiError::unreadable(why),
        Unreadable::NoObject(fault) => ApiError::invalid(vec![fault]),
    })?;
    let kept = |name: header::HeaderName| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(|text| text.chars().take(500).collect::<String>())
    };
    let headers = json!({
        "origin": kept(header::ORIGIN), "referer": kept(header::REFERER), "user_agent": kept(header::USER_AGENT),
    });
    Ok(Posted { content_type: kind, headers, body: raw.to_vec(), address_hash, fields })
}

fn essence(request: &HttpRequest) -> String {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase()
}
