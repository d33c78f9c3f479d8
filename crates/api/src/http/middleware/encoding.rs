//! Around compression: small answers stay as they are, and a tag of other bytes becomes a weak one.

use actix_web::{
    Error,
    body::{BodySize, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{CONTENT_ENCODING, ETAG, HeaderValue},
    middleware::Next,
};

/// Below this, compressing costs more than it saves.
const SMALLEST: u64 = 1024;

const AS_IT_IS: &str = "identity";

/// Within the compression: marks what is too small for it.
///
/// # Errors
/// Those of the services within.
pub async fn spare_small(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    let size = response.response().body().size();
    if matches!(size, BodySize::None) || matches!(size, BodySize::Sized(bytes) if bytes < SMALLEST) {
        response.headers_mut().insert(CONTENT_ENCODING, HeaderValue::from_static(AS_IT_IS));
    }
    Ok(response)
}

/// Around the compression: takes the mark away and weakens the tag of what was compressed.
///
/// # Errors
/// Those of the services within.
pub async fn weaken_tags(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let mut response = next.call(request).await?;
    let headers = response.headers_mut();
    let Some(encoding) = headers.get(CONTENT_ENCODING) else { return Ok(response) };
    if encoding == AS_IT_IS {
        headers.remove(CONTENT_ENCODING);
        return Ok(response);
    }
    let weak = headers
        .get(ETAG)
        .and_then(|tag| tag.to_str().ok())
        .filter(|tag| !tag.starts_with("W/"))
        .and_then(|tag| HeaderValue::from_str(&format!("W/{tag}")).ok());
    if let Some(weak) = weak {
        headers.insert(ETAG, weak);
    }
    Ok(response)
}
