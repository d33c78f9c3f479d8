use actix_web::{HttpRequest, HttpResponse, get, http::header, web::Data};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use sha2::{Digest, Sha256};

use crate::http::etag;

/// The document as it is served.
#[derive(Clone, Debug)]
pub struct Document {
    text: actix_web::web::Bytes,
    tag: String,
}

impl Document {
    /// Takes the rendered document.
    pub fn new(text: String) -> Self {
        let digest = Sha256::digest(text.as_bytes());
        let tag = format!("\"{}\"", URL_SAFE_NO_PAD.encode(&digest[..12]));
        Self { text: text.into(), tag }
    }
}

/// Read this document
///
/// The OpenAPI 3.1 document of everything this server answers. `/docs` shows it to people.
#[utoipa::path(
    tag = "Operations", operation_id = "getOpenapiDocument", security(()),
    responses((status = 200, description = "The document", body = serde_json::Value))
)]
#[get("/openapi.json")]
pub async fn get_openapi_document(request: HttpRequest, document: Data<Document>) -> HttpResponse {
    let known = etag::is_known(&request, &document.tag);
    let mut response = if known { HttpResponse::NotModified() } else { HttpResponse::Ok() };
    response.insert_header((header::ETAG, document.tag.as_str()));
    response.insert_header((header::CACHE_CONTROL, "no-cache"));
    // The document is public, so any page may read it: client generators and viewers run in browsers.
    response.insert_header((header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"));
    if known { response.finish() } else { response.content_type("application/json").body(document.text.clone()) }
}
