//! Every error is a problem (RFC 9457). This is the one table from causes to types, statuses and titles.

use actix_web::{HttpResponse, ResponseError, http::StatusCode};
use leadwright_domain::fault::{Fault, Problem, Refusal};
use leadwright_persistence::{CommandError, DbError};
use serde_json::{Map, Value, json};

/// An answer that says what is wrong.
#[derive(Clone, Debug)]
pub struct ApiError {
    /// The last part of the type's URI: `/problems/{slug}`.
    pub slug: &'static str,
    /// The status code.
    pub status: StatusCode,
    /// What kind of problem it is, the same for every occurrence.
    pub title: &'static str,
    /// What to do about this one.
    pub detail: String,
    /// Faults of the input.
    pub faults: Vec<Fault>,
    /// Further members.
    pub members: Box<Map<String, Value>>,
    /// Headers that belong to it: `Allow`, `Retry-After`, `WWW-Authenticate`.
    pub headers: Vec<(&'static str, String)>,
}

/// Status and title of each refusal of the domain.
pub const fn of_problem(problem: Problem) -> (StatusCode, &'static str) {
    match problem {
        Problem::ValidationFailed => (StatusCode::UNPROCESSABLE_ENTITY, "The input is readable but not valid"),
        Problem::NotFound => (StatusCode::NOT_FOUND, "Not found"),
        Problem::Forbidden => (StatusCode::FORBIDDEN, "You may not do this"),
        Problem::Unauthorized => (StatusCode::UNAUTHORIZED, "Sign in first"),
        Problem::SignInFailed => (StatusCode::UNAUTHORIZED, "E-mail or password is wrong"),
        Problem::TooManyAttempts => (StatusCode::TOO_MANY_REQUESTS, "Too many attempts"),
        Problem::TokenReused => (StatusCode::UNAUTHORIZED, "The refresh token was used before"),
        Problem::DuplicateLead => (StatusCode::CONFLICT, "This person is a lead already"),
        Problem::AlreadyExists => (StatusCode::CONFLICT, "It exists already"),
        Problem::IllegalTransition => (StatusCode::CONFLICT, "The lead may not move there from here"),
        Problem::BantIncomplete => (StatusCode::CONFLICT, "Budget, authority, need and timeline are not confirmed"),
        Problem::Merged => (StatusCode::CONFLICT, "The lead was merged into another"),
        Problem::Archived => (StatusCode::CONFLICT, "The lead is archived"),
        Problem::Erased => (StatusCode::GONE, "It was erased"),
        Problem::PersonErased => (StatusCode::CONFLICT, "This person was erased"),
        Problem::InUse => (StatusCode::CONFLICT, "It is still in use"),
        Problem::StaleVersion => (StatusCode::PRECONDITION_FAILED, "Somebody changed it since you read it"),
        Problem::IdempotencyKeyReused => {
            (StatusCode::UNPROCESSABLE_ENTITY, "The Idempotency-Key belongs to another request")
        }
        Problem::IdempotencyInProgress => (StatusCode::CONFLICT, "The first request with this key is still running"),
        Problem::ConditionTooCostly => (StatusCode::UNPROCESSABLE_ENTITY, "The condition is too costly"),
        Problem::InvalidCursor => (StatusCode::UNPROCESSABLE_ENTITY, "The cursor is not valid for this list"),
        Problem::StateConflict => (StatusCode::CONFLICT, "The state does not allow it"),
    }
}

impl ApiError {
    /// A problem of the framework's making.
    pub fn new(slug: &'static str, status: StatusCode, title: &'static str, detail: impl Into<String>) -> Self {
        Self { slug, status, title, detail: detail.into(), faults: vec![], members: Box::default(), headers: vec![] }
    }

    /// The body can't be read at all.
    pub fn unreadable(detail: impl Into<String>) -> Self {
        Self::new("unreadable-body", StatusCode::BAD_REQUEST, "The body can't be read", detail)
    }

    /// The input is readable but wrong.
    pub fn invalid(faults: Vec<Fault>) -> Self {
        Refusal::invalid(faults).into()
    }

    /// Nobody is signed in, or the credential is void.
    pub fn unauthorized(detail: impl Into<String>) -> Self {
        Refusal::new(Problem::Unauthorized, detail).into()
    }

    /// The caller may know of it but not do it.
    pub fn forbidden(detail: impl Into<String>) -> Self {
        Refusal::new(Problem::Forbidden, detail).into()
    }

    /// No such address.
    pub fn unknown_route() -> Self {
        let detail = "There is nothing at this address; `/openapi.json` lists what there is.";
        Self::new("unknown-route", StatusCode::NOT_FOUND, "Unknown address", detail)
    }

    /// The address exists, the method does not; `allow` lists those that do.
    pub fn wrong_method(allow: &str) -> Self {
        let detail = format!("This address answers {allow}.");
        Self::new("method-not-allowed", StatusCode::METHOD_NOT_ALLOWED, "Method not allowed", detail)
            .header("Allow", allow)
    }

    /// The media type of the body is not one that is read here.
    pub fn wrong_media_type(wanted: &str) -> Self {
        Self::unsupported_media_type(format!("Send the body as `{wanted}` and say so in Content-Type."))
    }

    /// What came is no file of leads, or none by its media type.
    pub fn no_file() -> Self {
        Self::unsupported_media_type(
            "Send the file itself as the body, not within a form, and say in Content-Type what it is: `text/csv`, the type of \
             a workbook, or `application/octet-stream` for whatever it is.",
        )
    }

    fn unsupported_media_type(detail: impl Into<String>) -> Self {
        Self::new("unsupported-media-type", StatusCode::UNSUPPORTED_MEDIA_TYPE, "Unsupported media type", detail)
    }

    /// None of the accepted media types can be given, but these.
    pub fn not_acceptable(ours: &[String]) -> Self {
        let ours = if ours.is_empty() { "application/json".to_owned() } else { ours.join("`, `") };
        let detail = format!("This endpoint answers `{ours}`; accept that, or `*/*`.");
        Self::new("not-acceptable", StatusCode::NOT_ACCEPTABLE, "Not acceptable", detail)
    }

    /// What an answer of the framework's own making stands for.
    pub fn of_status(status: StatusCode) -> Self {
        match status {
            StatusCode::NOT_FOUND => Self::unknown_route(),
            StatusCode::NOT_ACCEPTABLE => Self::not_acceptable(&[]),
            StatusCode::UNSUPPORTED_MEDIA_TYPE => Self::wrong_media_type("application/json"),
            StatusCode::REQUEST_TIMEOUT => Self::too_slow(),
            StatusCode::SERVICE_UNAVAILABLE => Self::unavailable(),
            status if status.is_client_error() => {
                let detail = "The request can't be read; check its address, headers and encoding.";
                Self::new("bad-request", status, "The request can't be read", detail)
            }
            _ => Self::internal(),
        }
    }

    /// The client took too long to send its body.
    pub fn too_slow() -> Self {
        let detail = "The body did not arrive in time; send it faster, or in smaller parts.";
        Self::new("request-timeout", StatusCode::REQUEST_TIMEOUT, "The request took too long to arrive", detail)
    }

    /// A page of an origin that is not on the list asks what it may do.
    pub fn origin_not_allowed() -> Self {
        let detail = "Pages of this origin may not call the API; an operator can add it to `cors.origins`.";
        Self::new("origin-not-allowed", StatusCode::FORBIDDEN, "The origin is not allowed", detail)
    }

    /// The body is larger than `limit` bytes.
    pub fn too_large(limit: usize) -> Self {
        let detail = format!("The body may have at most {limit} bytes.");
        Self::new("body-too-large", StatusCode::PAYLOAD_TOO_LARGE, "The body is too large", detail)
    }

    /// The caller has used up a limit; try again after so many seconds.
    pub fn too_many_requests(retry_after: u64) -> Self {
        let detail = format!("You have used up your limit; try again in {retry_after} s.");
        Self::new("too-many-requests", StatusCode::TOO_MANY_REQUESTS, "Too many requests", detail)
            .header("Retry-After", retry_after.to_string())
    }

    /// Something of ours is out of order; the cause was logged.
    pub fn internal() -> Self {
        let detail = "Something went wrong on our side. The log tells more under this request id.";
        Self::new("internal-error", StatusCode::INTERNAL_SERVER_ERROR, "Internal error", detail)
    }

    /// We can't serve right now.
    pub fn unavailable() -> Self {
        let detail = "The service can't serve this right now; nothing was changed. Try again in a moment.";
        Self::new("unavailable", StatusCode::SERVICE_UNAVAILABLE, "Temporarily unavailable", detail)
            .header("Retry-After", "2")
    }

    /// The same problem with one more header.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: impl Into<String>) -> Self {
        self.headers.push((name, value.into()));
        self
    }

    /// The same problem with one more member.
    #[must_use]
    pub fn member(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }

    /// The body, without the parts that only the request knows (`instance`, `request_id`: a middleware adds them).
    pub fn to_json(&self) -> Map<String, Value> {
        let mut body = Map::new();
        body.insert("type".into(), format!("/problems/{}", self.slug).into());
        body.insert("title".into(), self.title.into());
        body.insert("status".into(), self.status.as_u16().into());
        body.insert("detail".into(), self.detail.clone().into());
        body.insert("code".into(), self.slug.into());
        if !self.faults.is_empty() {
            body.insert("errors".into(), json!(self.faults));
        }
        body.extend((*self.members).clone());
        body
    }
}

impl std::fmt::Display for ApiError {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{}: {}", self.slug, self.detail)
    }
}

impl ResponseError for ApiError {
    fn status_code(&self) -> StatusCode {
        self.status
    }

    fn error_response(&self) -> HttpResponse {
        let mut response = HttpResponse::build(self.status);
        response.content_type("application/problem+json");
        for (name, value) in &self.headers {
            response.insert_header((*name, value.as_str()));
        }
        if self.status == StatusCode::UNAUTHORIZED {
            response.insert_header(("WWW-Authenticate", "Bearer realm=\"leadwright\""));
        }
        response.body(Value::Object(self.to_json()).to_string())
    }
}

impl From<Refusal> for ApiError {
    fn from(refusal: Refusal) -> Self {
        let (status, title) = of_problem(refusal.problem);
        let mut error = Self::new(refusal.problem.as_str(), status, title, refusal.detail);
        if status == StatusCode::TOO_MANY_REQUESTS {
            let wait = refusal.members.get("retry_after").and_then(Value::as_u64).unwrap_or(1);
            error = error.header("Retry-After", wait.to_string());
        }
        Self { faults: refusal.faults, members: Box::new(refusal.members), ..error }
    }
}

impl From<DbError> for ApiError {
    fn from(error: DbError) -> Self {
        match error {
            DbError::Unavailable(_) | DbError::Retry(_) => {
                tracing::warn!(%error, "the database is not available");
                Self::unavailable()
            }
            DbError::TimedOut => {
                tracing::warn!("a statement timed out");
                Self::unavailable()
            }
            other => {
                tracing::error!(error = %other, "a request failed");
                Self::internal()
            }
        }
    }
}

impl From<CommandError> for ApiError {
    fn from(error: CommandError) -> Self {
        match error {
            CommandError::Refused(refusal) => (*refusal).into(),
            CommandError::Db(error) => error.into(),
        }
    }
}
