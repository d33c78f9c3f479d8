//! What every handler knows of its request besides path and body.

use std::{
    future::{Ready, ready},
    net::IpAddr,
};

use actix_web::{FromRequest, HttpMessage, HttpRequest, dev::Payload, http::header, web::Data};
use leadwright_app::App;
use leadwright_domain::fault::Fault;
use leadwright_persistence::idempotency::Key;
use sha2::{Digest, Sha256};

use super::ApiError;

/// The longest idempotency key, in characters.
const LONGEST_KEY: usize = 255;

/// The id of a request, put into its extensions by the outermost middleware.
#[derive(Clone, Debug)]
pub struct RequestId(pub String);

/// The address of the client, put there too. Proxies that are trusted have been looked through.
#[derive(Clone, Copy, Debug)]
pub struct ClientAddress(pub IpAddr);

/// The request as use cases need it.
#[derive(Clone, Debug)]
pub struct Ask {
    /// The application.
    pub app: App,
    /// The id of the request.
    pub request_id: Option<String>,
    /// The address of the client.
    pub client: Option<IpAddr>,
    /// `Idempotency-Key`, if sent.
    idempotency_key: Option<String>,
    /// Method, path and query, content type.
    target: String,
}

impl Ask {
    /// The idempotency key of `caller`, bound to this request and its body.
    pub fn key(&self, caller: String, body: &[u8]) -> Option<Key> {
        self.key_of_digest(caller, Sha256::digest(body).into())
    }

    /// The same for a body that was hashed while it arrived.
    pub fn key_of_digest(&self, caller: String, body: [u8; 32]) -> Option<Key> {
        let key = self.idempotency_key.clone()?;
        let mut digest = Sha256::new();
        digest.update(self.target.as_bytes());
        digest.update([0]);
        digest.update(body);
        Some(Key { caller, key, fingerprint: digest.finalize().into(), window: None })
    }
}

impl FromRequest for Ask {
    type Error = ApiError;
    type Future = Ready<Result<Self, ApiError>>;

    fn from_request(request: &HttpRequest, _: &mut Payload) -> Self::Future {
        ready(read(request))
    }
}

fn read(request: &HttpRequest) -> Result<Ask, ApiError> {
    let app = request.app_data::<Data<App>>().ok_or_else(ApiError::internal)?;
    if !request.method().is_safe() && !sends_files(request.path()) {
        app.traffic.came();
    }
    let text = |name: header::HeaderName| request.headers().get(name).and_then(|value| value.to_str().ok());
    let idempotency_key = match request.headers().get("Idempotency-Key") {
        None => None,
        Some(value) => Some(value.to_str().ok().and_then(sane_key).ok_or_else(|| {
            let detail = format!("Send 1 to {LONGEST_KEY} printable ASCII characters, such as a UUID.");
            ApiError::invalid(vec![Fault::in_header("Idempotency-Key", "invalid_idempotency_key", detail)])
        })?),
    };
    Ok(Ask {
        app: app.get_ref().clone(),
        request_id: request.extensions().get::<RequestId>().map(|id| id.0.clone()),
        client: request.extensions().get::<ClientAddress>().map(|client| client.0),
        idempotency_key,
        target: format!("{} {} {}", request.method(), request.uri(), text(header::CONTENT_TYPE).unwrap_or_default()),
    })
}

/// Whether a request is one of those that whoever sends a file makes: who signs in for that waits for the import and nothing
/// else.
fn sends_files(path: &str) -> bool {
    ["/api/v1/imports", "/api/v1/auth/"].iter().any(|of| path.starts_with(of))
}

/// The draft sends the key as a quoted string; unquoted is common too.
fn sane_key(value: &str) -> Option<String> {
    let key = value.trim();
    let key = key.strip_prefix('"').and_then(|key| key.strip_suffix('"')).unwrap_or(key);
    let sane = !key.is_empty() && key.len() <= LONGEST_KEY && key.bytes().all(|byte| (0x20..0x7f).contains(&byte));
    sane.then(|| key.to_owned())
}
