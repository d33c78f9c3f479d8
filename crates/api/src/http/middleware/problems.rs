//! Every error leaves as a problem: ours get their address and request id, the framework's own become problems.

use actix_web::{
    Error, HttpMessage, HttpRequest, HttpResponse, ResponseError,
    body::{self, BoxBody, MessageBody},
    dev::{ServiceRequest, ServiceResponse},
    http::header::{CONTENT_LENGTH, CONTENT_TYPE, HeaderValue},
    middleware::Next,
};
use serde_json::{Map, Value};

use crate::http::{ApiError, ask::RequestId};

/// The media type of problems.
pub const MEDIA_TYPE: &str = "application/problem+json";

/// Within the compression: completes problems, and replaces errors that are none.
///
/// # Errors
/// Those of the services within.
pub async fn complete(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let failed = response.status().is_client_error() || response.status().is_server_error();
    Ok(if failed { completed(response).await } else { response })
}

/// Outermost: what a middleware refused by itself (compression that can't be agreed on, say) becomes a problem too.
///
/// # Errors
/// Those of the services within.
pub async fn catch(
    request: ServiceRequest,
    next: Next<impl MessageBody + 'static>,
) -> Result<ServiceResponse<BoxBody>, Error> {
    let response = next.call(request).await?.map_into_boxed_body();
    let failed = response.status().is_client_error() || response.status().is_server_error();
    // A problem that went through the completion is compressed by now, or complete.
    let is_complete = response.response().extensions().contains::<Completed>();
    Ok(if failed && !is_complete { completed(response).await } else { response })
}

/// Marks a response whose body is a complete problem.
struct Completed;

async fn completed(response: ServiceResponse<BoxBody>) -> ServiceResponse<BoxBody> {
    let (request, response) = response.into_parts();
    let (mut head, body) = response.into_parts();
    let sent = match body::to_bytes(body).await {
        Ok(bytes) if is_problem(&head) => serde_json::from_slice::<Map<String, Value>>(&bytes).ok(),
        _ => None,
    };
    let mut members = sent.unwrap_or_else(|| {
        let error = ApiError::of_status(head.status());
        for (name, value) in error.error_response().headers() {
            if !head.headers().contains_key(name) {
                head.headers_mut().insert(name.clone(), value.clone());
            }
        }
        error.to_json()
    });
    add_request(&mut members, &request);
    head.headers_mut().insert(CONTENT_TYPE, HeaderValue::from_static(MEDIA_TYPE));
    head.headers_mut().remove(CONTENT_LENGTH);
    head.extensions_mut().insert(Completed);
    let response = head.set_body(BoxBody::new(Value::Object(members).to_string()));
    ServiceResponse::new(request, response)
}

fn is_problem(head: &HttpResponse<()>) -> bool {
    head.headers().get(CONTENT_TYPE).is_some_and(|kind| kind.as_bytes().starts_with(MEDIA_TYPE.as_bytes()))
}

/// The path, not the query: values of a query may be personal.
fn add_request(members: &mut Map<String, Value>, request: &HttpRequest) {
    members.insert("instance".to_owned(), request.path().into());
    if let Some(id) = request.extensions().get::<RequestId>() {
        members.insert("request_id".to_owned(), id.0.clone().into());
    }
}
