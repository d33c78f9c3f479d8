//! Every request has an id: the caller's if it is sane, else one of ours. It is echoed, logged and put into problems.
//! What else everybody needs to know of a request (when, how, from where) is noted here too.

use std::time::Instant;

use actix_web::{
    Error, HttpMessage,
    body::MessageBody,
    dev::{ServiceRequest, ServiceResponse},
    http::{
        Method,
        header::{HeaderName, HeaderValue},
    },
    middleware::Next,
    web::Data,
};

use super::{Edge, address};
use crate::http::ask::{ClientAddress, RequestId};

/// The header, both ways.
pub const HEADER: HeaderName = HeaderName::from_static("x-request-id");

/// The longest id that is taken.
const LONGEST: usize = 128;

/// What was asked and when, before anything is rewritten on the way in.
#[derive(Clone, Debug)]
pub struct Asked {
    /// The method on the wire.
    pub method: Method,
    /// When the headers had come.
    pub at: Instant,
}

/// Takes or makes the id and gives it back.
///
/// # Errors
/// Those of the services within.
pub async fn keep(
    request: ServiceRequest,
    next: Next<impl MessageBody>,
) -> Result<ServiceResponse<impl MessageBody>, Error> {
    let sent = request.headers().get(HEADER).and_then(|value| value.to_str().ok()).filter(|id| is_sane(id));
    let id = sent.map_or_else(|| uuid::Uuid::now_v7().to_string(), ToOwned::to_owned);
    let echo = HeaderValue::from_str(&id).ok();
    let asked = Asked { method: request.method().clone(), at: Instant::now() };
    request.extensions_mut().insert(asked);
    request.extensions_mut().insert(RequestId(id));
    let client =
        request.app_data::<Data<Edge>>().and_then(|edge| address::of(request.request(), &edge.trusted_proxies));
    if let Some(client) = client {
        request.extensions_mut().insert(ClientAddress(client));
    }
    let mut response = next.call(request).await?;
    if let Some(echo) = echo {
        response.headers_mut().insert(HEADER, echo);
    }
    Ok(response)
}

fn is_sane(id: &str) -> bool {
    (1..=LONGEST).contains(&id.len()) && id.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"._-".contains(&byte))
}
