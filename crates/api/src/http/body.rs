//! JSON bodies, checked against the very schema that the OpenAPI document shows, all faults at once.

use std::{future::Future, ops::Deref, pin::Pin};

use actix_web::{
    FromRequest, HttpRequest,
    dev::Payload,
    http::header,
    web::{Bytes, BytesMut, Data},
};
use futures_util::StreamExt;
use leadwright_domain::fault::{Fault, escape_pointer};
use serde::de::DeserializeOwned;
use serde_json::Value;
use utoipa::ToSchema;

use super::{ApiError, Result, middleware::Edge};
use crate::schemas::Schemas;

/// The deepest JSON, in arrays and objects within each other.
const DEEPEST: usize = 127;

/// A body that fits its schema.
#[derive(Debug)]
pub struct Body<T> {
    /// The body, read.
    pub value: T,
    /// The body as it came, for idempotency.
    pub raw: Bytes,
}

impl<T> Deref for Body<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for Body<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            is_json(&request)?;
            let raw = read_json(&request, &mut payload).await?;
            Ok(Self { value: checked(&request, &raw)?, raw })
        })
    }
}

/// A body that fits its schema, or none at all.
#[derive(Debug)]
pub struct MaybeBody<T> {
    /// The body, read.
    pub value: Option<T>,
    /// The body as it came, for idempotency.
    pub raw: Bytes,
}

impl<T: DeserializeOwned + ToSchema + 'static> FromRequest for MaybeBody<T> {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            let raw = read_json(&request, &mut payload).await?;
            if raw.is_empty() {
                return Ok(Self { value: None, raw });
            }
            is_json(&request)?;
            Ok(Self { value: Some(checked(&request, &raw)?), raw })
        })
    }
}

/// Reads a body and holds it against its schema.
fn checked<T: DeserializeOwned + ToSchema>(request: &HttpRequest, raw: &[u8]) -> Result<T> {
    let json = parse(raw)?;
    let schemas = request.app_data::<Data<Schemas>>().ok_or_else(ApiError::internal)?;
    schemas.check(&T::name(), &json).map_err(ApiError::invalid)?;
    serde_json::from_value(json).map_err(|error| {
        // The schema should have caught it; tell the caller all the same.
        ApiError::invalid(vec![Fault::at_pointer("#", "wrong_type", error.to_string())])
    })
}

/// A JSON object that the domain reads field by field; unknown members and wrong types are its to report.
#[derive(Debug)]
pub struct JsonObject {
    /// The members.
    pub members: serde_json::Map<String, Value>,
    /// The body as it came.
    pub raw: Bytes,
}

impl FromRequest for JsonObject {
    type Error = ApiError;
    type Future = Pin<Box<dyn Future<Output = Result<Self>>>>;

    fn from_request(request: &HttpRequest, payload: &mut Payload) -> Self::Future {
        let (request, mut payload) = (request.clone(), payload.take());
        Box::pin(async move {
            is_json(&request)?;
            let raw = read_json(&request, &mut payload).await?;
            match parse(&raw)? {
                Value::Object(members) => Ok(Self { members, raw }),
                _ => Err(ApiError::invalid(vec![Fault::at_pointer("#", "wrong_type", "Send a JSON object.")])),
            }
        })
    }
}

/// Reads a JSON body as large and as slow as the settings allow.
async fn read_json(request: &HttpRequest, payload: &mut Payload) -> Result<Bytes> {
    let edge = request.app_data::<Data<Edge>>().ok_or_else(ApiError::internal)?;
    let announced = request.headers().get(header::CONTENT_LENGTH).and_then(|value| value.to_str().ok()?.parse().ok());
    if announced.is_some_and(|length: u64| length > edge.json_body as u64) {
        return Err(ApiError::too_large(edge.json_body));
    }
    let whole = read(payload, edge.json_body);
    tokio::time::timeout(edge.body_timeout, whole).await.map_err(|_| ApiError::too_slow())?
}

/// Reads a body of at most `limit` bytes.
///
/// # Errors
/// It is larger, or the connection broke.
pub async fn read(payload: &mut Payload, limit: usize) -> Result<Bytes> {
    let mut body = BytesMut::new();
    while let Some(chunk) = payload.next().await {
        let chunk = chunk.map_err(|_| ApiError::unreadable("The body ended early."))?;
        if body.len() + chunk.len() > limit {
            return Err(ApiError::too_large(limit));
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body.freeze())
}

/// Reads JSON.
///
/// # Errors
/// It is not JSON.
pub fn parse(raw: &[u8]) -> Result<Value> {
    if raw.is_empty() {
        return Err(ApiError::unreadable("The body is empty; send JSON."));
    }
    let value = serde_json::from_slice(raw).map_err(|error| {
        // The parser's own bound, against bodies that are nothing but brackets.
        if error.to_string().starts_with("recursion limit") {
            return ApiError::unreadable(format!("The body nests deeper than {DEEPEST} levels; flatten it."));
        }
        ApiError::unreadable(format!("The body is not JSON: line {}, column {}.", error.line(), error.column()))
    })?;
    let mut faults = Vec::new();
    if raw.windows(6).any(|six| six == br"\u0000") {
        find_nul(&value, "#", &mut faults);
    }
    if faults.is_empty() { Ok(value) } else { Err(ApiError::invalid(faults)) }
}

fn find_nul(value: &Value, at: &str, faults: &mut Vec<Fault>) {
    let fault = |at: &str| Fault::at_pointer(at, "nul_character", "Leave out the NUL character.");
    match value {
        Value::String(text) if text.contains('\0') => faults.push(fault(at)),
        Value::Array(values) => {
            for (index, value) in values.iter().enumerate() {
                find_nul(value, &format!("{at}/{index}"), faults);
            }
        }
        Value::Object(members) => {
            for (name, value) in members {
                let below = format!("{at}/{}", escape_pointer(name));
                if name.contains('\0') {
                    faults.push(fault(&below));
                }
                find_nul(value, &below, faults);
            }
        }
        _ => {}
    }
}

fn is_json(request: &HttpRequest) -> Result<()> {
    if request.headers().get(header::CONTENT_ENCODING).is_some_and(|encoding| encoding != "identity") {
        return Err(ApiError::wrong_media_type("application/json, not compressed"));
    }
    let kind = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let essence = kind.split(';').next().unwrap_or_default().trim().to_ascii_lowercase();
    if essence == "application/json" || essence == "application/merge-patch+json" || essence.ends_with("+json") {
        Ok(())
    } else {
        Err(ApiError::wrong_media_type("application/json"))
    }
}
