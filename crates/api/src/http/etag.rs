//! Entity tags: `"<version>.<computed_rev>.<shape>"`. Reading compares all of it, writing only the version, so that a
//! score that moved by itself never fails somebody's edit.

use std::future::{Ready, ready};

use actix_web::{FromRequest, HttpRequest, dev::Payload, http::header};
use leadwright_domain::fault::Fault;

use super::ApiError;

/// The tag of a representation.
pub fn of(version: i64, computed_rev: i64, shape: &str) -> String {
    format!("\"{version}.{computed_rev}.{shape}\"")
}

/// Whether `If-None-Match` names this tag. Proxies weaken tags when they compress, so weak ones count.
pub fn is_known(request: &HttpRequest, tag: &str) -> bool {
    let Some(known) = request.headers().get(header::IF_NONE_MATCH).and_then(|value| value.to_str().ok()) else {
        return false;
    };
    known.split(',').map(|one| one.trim().trim_start_matches("W/")).any(|one| one == "*" || one == tag)
}

/// The version that `If-Match` demands; `None` when the header is absent or `*`.
#[derive(Clone, Copy, Debug)]
pub struct IfMatch(pub Option<i64>);

impl FromRequest for IfMatch {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        let Some(value) = request.headers().get(header::IF_MATCH) else { return ready(Ok(Self(None))) };
        ready(parse(value.to_str().unwrap_or_default()))
    }
}

fn parse(value: &str) -> Result<IfMatch, ApiError> {
    let tag = value.trim().trim_start_matches("W/");
    if tag == "*" {
        return Ok(IfMatch(None));
    }
    let version = tag.strip_prefix('"').and_then(|tag| tag.strip_suffix('"')).and_then(|tag| tag.split('.').next());
    match version.and_then(|version| version.parse().ok()) {
        Some(version) => Ok(IfMatch(Some(version))),
        None => {
            let detail = "Send the ETag exactly as an answer gave it, quotes included, or `*`.";
            Err(ApiError::invalid(vec![Fault::in_header("If-Match", "invalid_etag", detail)]))
        }
    }
}
