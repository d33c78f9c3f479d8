//! Answers: status, headers and a JSON body; one way to build them, live or replayed.

use actix_web::{
    HttpRequest, HttpResponse, Responder, ResponseError,
    body::BoxBody,
    http::{Method, StatusCode, header},
};
use leadwright_persistence::idempotency::{Answered, StoredAnswer};
use serde::Serialize;

use super::etag;

/// What an endpoint answers.
#[derive(Clone, Debug)]
pub struct Answer {
    stored: StoredAnswer,
    replayed: bool,
}

impl Answer {
    fn with_body(status: StatusCode, body: &impl Serialize) -> Self {
        // Our views hold nothing that JSON can't say.
        let body = serde_json::to_string(body).unwrap_or_default();
        Self { stored: StoredAnswer { status: status.as_u16(), headers: vec![], body }, replayed: false }
    }

    /// 200 with a body.
    pub fn ok(body: &impl Serialize) -> Self {
        Self::with_body(StatusCode::OK, body)
    }

    /// 201 with the new resource and where it lives.
    pub fn created(location: impl Into<String>, body: &impl Serialize) -> Self {
        Self::with_body(StatusCode::CREATED, body).header("Location", location)
    }

    /// 202 with what was accepted.
    pub fn accepted(body: &impl Serialize) -> Self {
        Self::with_body(StatusCode::ACCEPTED, body)
    }

    /// 204.
    pub fn no_content() -> Self {
        let stored = StoredAnswer { status: StatusCode::NO_CONTENT.as_u16(), headers: vec![], body: String::new() };
        Self { stored, replayed: false }
    }

    /// 308: it lives elsewhere now.
    pub fn moved(location: impl Into<String>) -> Self {
        let status = StatusCode::PERMANENT_REDIRECT.as_u16();
        let stored = StoredAnswer { status, headers: vec![], body: String::new() };
        Self { stored, replayed: false }.header("Location", location)
    }

    /// The same answer with one more header.
    #[must_use]
    pub fn header(mut self, name: &str, value: impl Into<String>) -> Self {
        self.stored.headers.push((name.to_owned(), value.into()));
        self
    }

    /// The same answer with the tag of its version.
    #[must_use]
    pub fn etag(self, version: i64, computed_rev: i64, shape: &str) -> Self {
        self.header("ETag", etag::of(version, computed_rev, shape))
    }

    /// The same answer with the tag of a setting: nothing of it is computed, and everybody sees the same.
    #[must_use]
    pub fn version(self, version: i64) -> Self {
        self.etag(version, 0, "1")
    }

    /// Whether it was given before, under the same key.
    pub const fn is_replayed(&self) -> bool {
        self.replayed
    }

    /// The form in which it is kept for a repeat.
    pub fn stored(self) -> StoredAnswer {
        self.stored
    }
}

impl From<Answered> for Answer {
    fn from(answered: Answered) -> Self {
        Self { stored: answered.answer, replayed: answered.replayed }
    }
}

fn is_read(request: &HttpRequest) -> bool {
    matches!(*request.method(), Method::GET | Method::HEAD)
}

impl Responder for Answer {
    type Body = BoxBody;

    fn respond_to(self, request: &HttpRequest) -> HttpResponse {
        if is_read(request)
            && let Err(error) = etag::check_known(request)
        {
            return error.error_response();
        }
        let tag = self.stored.headers.iter().find(|(name, _)| name == "ETag").map(|(_, tag)| tag.as_str());
        let fresh = is_read(request) && tag.is_some_and(|tag| etag::is_known(request, tag));
        let status = StatusCode::from_u16(self.stored.status).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let mut response = HttpResponse::build(if fresh { StatusCode::NOT_MODIFIED } else { status });
        for (name, value) in &self.stored.headers {
            response.insert_header((name.as_str(), value.as_str()));
        }
        if self.replayed {
            response.insert_header(("Idempotency-Replayed", "true"));
        }
        if fresh || self.stored.body.is_empty() {
            return response.finish();
        }
        if status.is_client_error() || status.is_server_error() {
            response.insert_header((header::CONTENT_TYPE, "application/problem+json"));
        } else {
            response.insert_header((header::CONTENT_TYPE, "application/json"));
        }
        response.body(self.stored.body)
    }
}
