//! The parts that operations refer to.

use serde_json::{Value, json};

/// Adds security, headers, parameters and the shape of problems.
pub fn add(components: &mut Value) {
    components["securitySchemes"] = json!({
        "bearer": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "An access token of `POST /api/v1/auth/login`: a JWT signed with EdDSA, valid for 15 minutes, \
                made and checked as RFC8725 asks. Or an API key (`lw_…`). The scopes named at an operation are what the \
                role or the key must have."
        }
    });
    components["headers"] = headers();
    components["parameters"] = parameters();
    components["schemas"]["Problem"] = problem();
    components["schemas"]["Fault"] = fault();
}

fn header(description: &str, example: &str) -> Value {
    json!({"description": description, "schema": {"type": "string", "maxLength": 2000}, "example": example})
}

fn headers() -> Value {
    json!({
        "X-Request-Id": header("The id of the request: the one that was sent, or a new one.", "01939f6e-7a3c-7d52-9c1b-5f0f8e3f4a11"),
        "RateLimit": header("What is left: requests (`r`), and seconds until all are there again (`t`).", "\"default\";r=5999;t=1"),
        "RateLimit-Policy": header("The quota (`q`) and its window in seconds (`w`).", "\"default\";q=6000;w=60"),
        "Retry-After": {
            "description": "Seconds to wait before trying again.",
            "schema": {"type": "integer", "format": "int32", "minimum": 0, "maximum": 86400}, "example": 2
        },
        "WWW-Authenticate": header("How to sign in.", "Bearer realm=\"leadwright\""),
        "Location": header("The address of what was made.", "/api/v1/leads/01939f6e-7a3c-7d52-9c1b-5f0f8e3f4a11"),
        "ETag": header("The version; send it as `If-Match` or `If-None-Match`.", "\"3.0.1\""),
        "Idempotency-Replayed": header("`true` where this is the answer of an earlier request with the same key.", "true")
    })
}

fn parameter(name: &str, description: &str, longest: usize, example: &str) -> Value {
    json!({
        "name": name, "in": "header", "required": false, "description": description,
        "schema": {"type": "string", "minLength": 1, "maxLength": longest}, "example": example
    })
}

fn parameters() -> Value {
    let mut request_id = parameter(
        "X-Request-Id",
        "An id for logs and problems; one is made if it is absent or has other characters.",
        128,
        "checkout-7f3a",
    );
    request_id["schema"]["pattern"] = "^[A-Za-z0-9._-]+$".into();
    let mut key = parameter(
        "Idempotency-Key",
        "Makes it safe to repeat the request for a day: a repeat gets the first answer. A new one, such as a UUID, for \
         each thing to be done.",
        255,
        "7b1f7f4e-93c5-4a3e-8d29-0d6e1f0c2b11",
    );
    key["schema"]["pattern"] = "^[ -~]+$".into();
    // Tags are written by the server; what else is sent is refused with the way out.
    json!({
        "RequestId": request_id,
        "IdempotencyKey": key,
        "IfMatch": parameter("If-Match", "Make the change only if this is still the version: the `ETag` of an answer.", 200, "\"3.0.1\""),
        "IfNoneMatch": parameter("If-None-Match", "Answer 304 if this is still the version: the `ETag` of an answer.", 1000, "\"3.0.1\"")
    })
}

fn problem() -> Value {
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457), and what to do about it. Some kinds have further members.",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference", "description": "Which kind of problem: the address of a page about it.", "examples": ["/problems/validation-failed"]},
            "title": {"type": "string", "description": "The kind in words, the same each time.", "examples": ["The input is readable but not valid"]},
            "status": {"type": "integer", "format": "int32", "minimum": 400, "maximum": 599, "description": "The status code.", "examples": [422]},
            "detail": {"type": "string", "description": "What to do about this one.", "examples": ["Send `name`."]},
            "code": {"type": "string", "description": "The last part of `type`.", "examples": ["validation-failed"]},
            "instance": {"type": "string", "description": "The path that was asked.", "examples": ["/api/v1/lead-sources"]},
            "request_id": {"type": "string", "description": "The request's id, by which the log knows it.", "examples": ["01939f6e-7a3c-7d52-9c1b-5f0f8e3f4a11"]},
            "errors": {"type": "array", "description": "All faults of the input.", "items": {"$ref": "#/components/schemas/Fault"}}
        },
        "additionalProperties": true
    })
}

fn fault() -> Value {
    json!({
        "type": "object", "description": "One fault of an input; one of `pointer`, `parameter` and `header` says where.",
        "required": ["code", "detail"],
        "properties": {
            "pointer": {"type": "string", "description": "Where in the body: a JSON pointer.", "examples": ["#/name"]},
            "parameter": {"type": "string", "description": "Which query or path parameter.", "examples": ["limit"]},
            "header": {"type": "string", "description": "Which header.", "examples": ["Idempotency-Key"]},
            "code": {"type": "string", "description": "A stable word.", "examples": ["required"]},
            "detail": {"type": "string", "description": "What to do.", "examples": ["Send `name`."]},
            "suggestion": {"description": "The repair, where it is plain."}
        }
    })
}
