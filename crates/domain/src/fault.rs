//! What is wrong with an input, in the shape in which a caller is told.

use serde::{Deserialize, Serialize};
use serde_json::Value;

/// Where in a request a fault lies.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum At {
    /// A JSON pointer as a URI fragment into the body: `#/email`.
    Pointer(String),
    /// The name of a query or path parameter.
    Parameter(String),
    /// The name of a header.
    Header(String),
}

/// One fault of an input. All faults of a request are reported together.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Fault {
    /// Where it lies.
    #[serde(flatten)]
    pub at: At,
    /// A stable word for programs, such as `invalid_email`.
    pub code: String,
    /// A sentence for people that says what to do.
    pub detail: String,
    /// The repair, where it is plain: the nearest value of an enumeration, a phone number in E.164.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub suggestion: Option<Value>,
}

impl Fault {
    /// A fault in the body, at `path` below the root: `["address", "city"]` becomes `#/address/city`.
    pub fn at_pointer(pointer: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { at: At::Pointer(pointer.into()), code: code.into(), detail: detail.into(), suggestion: None }
    }

    /// A fault in the top-level member `name` of the body.
    pub fn in_field(name: &str, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self::at_pointer(format!("#/{}", escape_pointer(name)), code, detail)
    }

    /// A fault in a query or path parameter.
    pub fn in_parameter(name: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { at: At::Parameter(name.into()), code: code.into(), detail: detail.into(), suggestion: None }
    }

    /// A fault in a header.
    pub fn in_header(name: impl Into<String>, code: impl Into<String>, detail: impl Into<String>) -> Self {
        Self { at: At::Header(name.into()), code: code.into(), detail: detail.into(), suggestion: None }
    }

    /// The same fault with its repair.
    #[must_use]
    pub fn suggesting(mut self, repair: impl Into<Value>) -> Self {
        self.suggestion = Some(repair.into());
        self
    }

    /// The same fault with its pointer moved below `prefix` (`#/leads/3`). Parameters and headers stay.
    #[must_use]
    pub fn under(mut self, prefix: &str) -> Self {
        if let At::Pointer(pointer) = &mut self.at {
            *pointer = format!("{prefix}{}", pointer.trim_start_matches('#'));
        }
        self
    }
}

/// Escapes one reference token of a JSON pointer (RFC 6901).
pub fn escape_pointer(token: &str) -> String {
    token.replace('~', "~0").replace('/', "~1")
}

/// The value of `options` nearest to what was written, if any is near enough to be meant.
pub fn nearest<'a>(written: &str, options: impl IntoIterator<Item = &'a str>) -> Option<&'a str> {
    let written = written.trim();
    // What is far longer than any option means none of them, and comparing it is costly.
    if written.len() > 200 {
        return None;
    }
    let written = written.to_lowercase();
    options
        .into_iter()
        .map(|option| (strsim::normalized_damerau_levenshtein(&written, option), option))
        .filter(|(likeness, _)| *likeness >= 0.6)
        .max_by(|a, b| a.0.total_cmp(&b.0))
        .map(|(_, option)| option)
}

crate::choices! {
    /// Why a request is refused. The word is the last part of the problem's URI; the API owns status and title.
    Problem {
        /// The input is readable but wrong; the faults say where.
        ValidationFailed = "validation-failed",
        /// There is no such thing, or the caller may not know of it.
        NotFound = "not-found",
        /// The caller may know of it but not do this.
        Forbidden = "forbidden",
        /// Nobody is signed in, or the credential is void.
        Unauthorized = "unauthorized",
        /// E-mail or password is wrong.
        SignInFailed = "sign-in-failed",
        /// Too many failed tries to sign in.
        TooManyAttempts = "too-many-attempts",
        /// A refresh token was used twice; its session is over.
        TokenReused = "token-reused",
        /// The person is already a lead, and the policy is to refuse.
        DuplicateLead = "duplicate-lead",
        /// Something of this name, key or address exists already.
        AlreadyExists = "already-exists",
        /// The lead may not move there from here.
        IllegalTransition = "illegal-transition",
        /// Parts of BANT that qualification demands are missing.
        BantIncomplete = "bant-incomplete",
        /// The lead was merged into another; write to that one.
        Merged = "merged",
        /// The lead is archived; restore it first.
        Archived = "archived",
        /// The person behind it was erased; nothing of it can be read or changed.
        Erased = "erased",
        /// The person was erased, and comes again without having said so.
        PersonErased = "person-erased",
        /// Something still refers to it.
        InUse = "in-use",
        /// Somebody else changed it since it was read.
        StaleVersion = "stale-version",
        /// The same idempotency key came with another request.
        IdempotencyKeyReused = "idempotency-key-reused",
        /// The first request with this idempotency key is still running.
        IdempotencyInProgress = "idempotency-in-progress",
        /// A condition cost more than it may.
        ConditionTooCostly = "condition-too-costly",
        /// The cursor is not ours, has expired, or belongs to another list.
        InvalidCursor = "invalid-cursor",
        /// The state does not allow it.
        StateConflict = "state-conflict",
    }
}

/// A refusal: what a caller did that can't be done, and the way out.
#[derive(Clone, Debug, PartialEq)]
pub struct Refusal {
    /// Which kind.
    pub problem: Problem,
    /// A sentence that tells what to do.
    pub detail: String,
    /// What is wrong with the input, each fault once.
    pub faults: Vec<Fault>,
    /// Further members of the answer: `existing_id`, `allowed_transitions`.
    pub members: serde_json::Map<String, Value>,
}

impl Refusal {
    /// A refusal without particulars.
    pub fn new(problem: Problem, detail: impl Into<String>) -> Self {
        Self { problem, detail: detail.into(), faults: Vec::new(), members: serde_json::Map::new() }
    }

    /// The input is wrong.
    pub fn invalid(faults: Vec<Fault>) -> Self {
        let detail = match faults.as_slice() {
            [only] => only.detail.clone(),
            many => format!("{} members of the request need mending: see `errors`.", many.len()),
        };
        Self { faults, ..Self::new(Problem::ValidationFailed, detail) }
    }

    /// There is no such thing within the caller's sight.
    pub fn not_found(what: &str) -> Self {
        Self::new(Problem::NotFound, format!("There is no {what} with this id, or you may not see it."))
    }

    /// The same refusal with one more member in the answer.
    #[must_use]
    pub fn with(mut self, name: &str, value: impl Into<Value>) -> Self {
        self.members.insert(name.to_owned(), value.into());
        self
    }
}
