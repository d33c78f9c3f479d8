//! What holds for every operation of its kind: errors, headers, and parameters that are headers.

use serde_json::{Map, Value, json};

/// Operations by `POST` that take no `Idempotency-Key`: they change nothing, or their answer holds a secret.
const WITHOUT_KEY: &[&str] = &[
    "login",
    "refreshTokens",
    "logout",
    "changePassword",
    "createApiKey",
    "searchLeads",
    "exportLeadSearch",
    "countLeadFacets",
    "replaySubmission",
];

/// Completes all operations.
pub fn complete(paths: &mut Value) {
    let Some(paths) = paths.as_object_mut() else { return };
    for (path, operations) in paths {
        let is_versioned = operations.get("patch").is_some();
        for (method, operation) in operations.as_object_mut().into_iter().flatten() {
            let kind = Kind { is_versioned, ..Kind::of(path, method, operation) };
            if operation.get("security").is_none() {
                operation["security"] = json!([{}]);
            }
            if kind.is_api {
                add_parameters(&kind, operation);
                add_errors(&kind, operation);
            }
            if kind.has_id && !kind.is_api {
                operation["responses"]["404"] = problem("There is no such page");
            }
            if path == "/readyz" {
                operation["responses"]["503"] = problem("Not now; `state` says why");
            }
            add_headers(&kind, operation);
        }
    }
}

/// What decides on the rest.
struct Kind {
    /// Below `/api/`: limited, and its errors are those of every call.
    is_api: bool,
    is_open: bool,
    has_body: bool,
    has_id: bool,
    /// What its path names may belong to a person who was erased.
    may_be_erased: bool,
    /// It can be patched, so it has versions and tags that name them.
    is_versioned: bool,
    takes_key: bool,
    method: String,
}

impl Kind {
    fn of(path: &str, method: &str, operation: &Value) -> Self {
        let id = operation["operationId"].as_str().unwrap_or_default();
        let security = operation["security"].as_array();
        Self {
            is_api: path.starts_with("/api/"),
            is_open: security.is_none_or(|all| all.iter().any(|one| one.as_object().is_some_and(Map::is_empty))),
            has_body: operation.get("requestBody").is_some(),
            has_id: path.contains('{'),
            may_be_erased: path.contains("{lead_id}") || matches!(id, "replaySubmission" | "getSubmissionCleansing"),
            is_versioned: false,
            takes_key: method == "post" && !WITHOUT_KEY.contains(&id),
            method: method.to_owned(),
        }
    }

    fn may_be_stale(&self) -> bool {
        self.is_versioned && matches!(self.method.as_str(), "patch" | "put" | "delete")
    }
}

fn add_parameters(kind: &Kind, operation: &mut Value) {
    let mut names = vec![];
    if kind.takes_key {
        names.push("IdempotencyKey");
    }
    if kind.may_be_stale() || takes(operation, "If-Match") {
        names.push("IfMatch");
    }
    if kind.method == "get" && kind.is_versioned {
        names.push("IfNoneMatch");
    }
    let references = names.iter().map(|name| json!({"$ref": format!("#/components/parameters/{name}")}));
    match operation["parameters"].as_array_mut() {
        Some(parameters) => {
            parameters.retain(|parameter| parameter["name"] != "If-Match");
            parameters.extend(references);
        }
        None => operation["parameters"] = references.collect(),
    }
}

fn refers_to_if_match(operation: &Value) -> bool {
    let mut all = operation["parameters"].as_array().into_iter().flatten();
    all.any(|parameter| parameter["$ref"] == "#/components/parameters/IfMatch")
}

/// Whether an operation names a parameter itself.
fn takes(operation: &Value, name: &str) -> bool {
    operation["parameters"].as_array().is_some_and(|all| all.iter().any(|parameter| parameter["name"] == name))
}

fn add_errors(kind: &Kind, operation: &mut Value) {
    let mut errors: Vec<(&str, &str)> = vec![
        ("400", "The request can't be read"),
        ("422", "The input is readable but not valid"),
        ("429", "Too many requests"),
        ("500", "Something of ours is out of order"),
        ("503", "Temporarily unavailable"),
    ];
    if operation["responses"].get("401").is_some() {
        errors.push(("401", "The credential is void"));
    }
    if !kind.is_open {
        errors
            .extend([("401", "Nobody is signed in, or the credential is void"), ("403", "The caller lacks the scope")]);
    }
    if kind.has_id {
        errors.push(("404", "There is no such record, or the caller may not see it"));
    }
    if kind.may_be_erased {
        errors.push(("410", "The person was erased"));
    }
    if kind.has_body {
        errors.extend([
            ("408", "The body did not arrive in time"),
            ("413", "The body is too large"),
            ("415", "The media type of the body is not read here"),
        ]);
    }
    if kind.method != "get" {
        errors.push(("409", "The state does not allow it"));
    }
    if kind.may_be_stale() || refers_to_if_match(operation) {
        errors.push(("412", "Somebody changed it since it was read"));
    }
    let Some(responses) = operation["responses"].as_object_mut() else { return };
    if kind.method == "get" && kind.is_versioned {
        responses.entry("304").or_insert_with(|| json!({"description": "It is as `If-None-Match` says"}));
    }
    for (status, description) in errors {
        responses.entry(status).or_insert_with(|| problem(description));
    }
    // An error that an operation describes in words has the same shape.
    for (status, response) in responses.iter_mut() {
        if status.starts_with(['4', '5']) && response.get("content").is_none() {
            response["content"] = problem("")["content"].take();
        }
    }
    let mut sorted: Vec<(String, Value)> = std::mem::take(responses).into_iter().collect();
    sorted.sort_by(|a, b| a.0.cmp(&b.0));
    responses.extend(sorted);
}

/// A response that is a problem.
fn problem(description: &str) -> Value {
    json!({
        "description": description,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    })
}

fn add_headers(kind: &Kind, operation: &mut Value) {
    for (status, response) in operation["responses"].as_object_mut().into_iter().flatten() {
        let mut names = vec!["X-Request-Id"];
        if kind.is_api {
            names.extend(["RateLimit", "RateLimit-Policy"]);
        }
        match status.as_str() {
            "429" | "503" => names.push("Retry-After"),
            "401" => names.push("WWW-Authenticate"),
            "201" | "202" => names.push("Location"),
            _ => {}
        }
        let tagged = matches!(status.as_str(), "200" | "201" | "304" | "412");
        if tagged && kind.is_versioned {
            names.push("ETag");
        }
        if status.starts_with('2') && kind.is_api && kind.takes_key {
            names.push("Idempotency-Replayed");
        }
        let headers =
            names.iter().map(|name| ((*name).to_owned(), json!({"$ref": format!("#/components/headers/{name}")})));
        match response["headers"].as_object_mut() {
            Some(known) => headers.for_each(|(name, header)| {
                known.entry(name).or_insert(header);
            }),
            None => response["headers"] = Value::Object(headers.collect()),
        }
    }
}
