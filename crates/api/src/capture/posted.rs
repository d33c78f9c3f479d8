//! Reading what was posted: JSON or an HTML form's encodings, into fields.

use actix_web::{
    HttpRequest,
    dev::Payload,
    http::header,
    web::{Bytes, Data},
};
use futures_util::{StreamExt, stream};
use leadwright_app::capture::{self, MULTIPART, Posted, URLENCODED, Unreadable, essence};
use serde_json::{Value, json};
use tokio::sync::mpsc;

use crate::http::{ApiError, Ask, body, middleware::Edge};

/// The largest post, in bytes, besides what is in files.
pub(super) const LARGEST: usize = 256 * 1024;
/// The largest post with its files, which are not kept.
const LARGEST_WITH_FILES: usize = 10 << 20;

/// Whether a browser posted a plain HTML form and wants a page next.
pub(super) fn wants_page(request: &HttpRequest) -> bool {
    let kind = essence(&content_type(request));
    let accepted = request.headers().get(header::ACCEPT).and_then(|value| value.to_str().ok());
    (kind == URLENCODED || kind == MULTIPART) && accepted.is_some_and(|all| all.contains("text/html"))
}

/// Reads the body as it is kept: without what is in its files, where they make it larger than is kept.
pub(crate) async fn body(request: &HttpRequest, payload: &mut Payload) -> Result<Bytes, ApiError> {
    let edge = request.app_data::<Data<Edge>>().ok_or_else(ApiError::internal)?;
    let whole = async {
        match essence(&content_type(request)) == MULTIPART {
            true => with_files(request, payload).await,
            false => body::read(payload, LARGEST).await,
        }
    };
    tokio::time::timeout(edge.body_timeout, whole).await.map_err(|_| ApiError::too_slow())?
}

async fn with_files(request: &HttpRequest, payload: &mut Payload) -> Result<Bytes, ApiError> {
    let mut begun = Vec::new();
    while let Some(chunk) = payload.next().await {
        begun.extend_from_slice(&chunk.map_err(|_| ended_early())?);
        if begun.len() > LARGEST {
            return without_files(request, begun.into(), payload).await;
        }
    }
    Ok(begun.into())
}

async fn without_files(request: &HttpRequest, begun: Bytes, payload: &mut Payload) -> Result<Bytes, ApiError> {
    // The payload belongs to this thread; what reads the form need not know.
    let (send, receive) = mpsc::channel::<Result<Bytes, std::io::Error>>(4);
    let parts = stream::unfold(receive, |mut receive| async move { receive.recv().await.map(|part| (part, receive)) });
    let mut length = begun.len();
    let forward = async move {
        while let Some(chunk) = payload.next().await {
            let chunk = chunk.map_err(|_| ended_early())?;
            length += chunk.len();
            if length > LARGEST_WITH_FILES {
                return Err(ApiError::too_large(LARGEST_WITH_FILES));
            }
            // Whoever reads has seen enough: the form ended, or is malformed.
            if send.send(Ok(chunk)).await.is_err() {
                break;
            }
        }
        Ok(())
    };
    let kind = content_type(request);
    let begun = stream::iter([Ok(begun)]);
    let keep = capture::without_files(&kind, begun.chain(Box::pin(parts)), LARGEST);
    let (forwarded, kept) = futures_util::join!(forward, keep);
    forwarded?;
    kept.map(Into::into).map_err(unreadable)
}

fn ended_early() -> ApiError {
    ApiError::unreadable("The body ended early.")
}

pub(crate) fn unreadable(unreadable: Unreadable) -> ApiError {
    match unreadable {
        Unreadable::MediaType => {
            ApiError::wrong_media_type("application/json`, `application/x-www-form-urlencoded` or `multipart/form-data")
        }
        Unreadable::Body(why) => ApiError::unreadable(why),
        Unreadable::NoObject(fault) => ApiError::invalid(vec![fault]),
        Unreadable::TooLarge => ApiError::too_large(LARGEST),
    }
}

/// Reads a post.
pub(super) async fn read(ask: &Ask, request: &HttpRequest, raw: &[u8]) -> Result<Posted, ApiError> {
    let content_type = content_type(request);
    let fields = capture::fields(&content_type, raw).await.map_err(unreadable)?;
    let headers = kept_headers(request);
    let address = ask.client;
    let address_hash = address_hash(ask);
    Ok(Posted { content_type, headers, body: raw.to_vec(), address, address_hash, fields })
}

/// What is kept of the sender's address.
pub(super) fn address_hash(ask: &Ask) -> String {
    let told = ask.client.map(|address| address.to_string()).unwrap_or_default();
    ask.app.secrets.fingerprint(told.as_bytes())
}

/// The media type with the parameters by which the body is read, of which none is long.
pub(crate) fn content_type(request: &HttpRequest) -> String {
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    kind.chars().take(500).collect()
}

/// The headers that matter.
pub(super) fn kept_headers(request: &HttpRequest) -> Value {
    let kept = |name: header::HeaderName| {
        request
            .headers()
            .get(name)
            .and_then(|value| value.to_str().ok())
            .map(|text| text.chars().take(2_000).collect::<String>())
    };
    json!({
        "origin": kept(header::ORIGIN), "referer": kept(header::REFERER), "user_agent": kept(header::USER_AGENT),
    })
}
