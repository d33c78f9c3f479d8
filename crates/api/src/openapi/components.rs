//! The parts that operations refer to.

use serde_json::{Value, json};

use crate::http::etag;

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
        "X-Request-Id": header("The id of the request: what was sent as `X-Request-Id`, or a new one if that was absent or other than 1 to 128 of `A-Z a-z 0-9 . _ -`.", "01939f6e-7a3c-7d52-9c1b-5f0f8e3f4a11"),
        "RateLimit": header("What is left: requests (`r`), and seconds until all are there again (`t`).", "\"default\";r=5999;t=1"),
        "RateLimit-Policy": header("The quota (`q`) and its window in seconds (`w`).", "\"default\";q=600000;w=60"),
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

/// A header that may be sent. `X-Request-Id` is none of them: whatever it says, no request fails of it.
fn parameter(name: &str, description: &str, schema: &Value) -> Value {
    json!({"name": name, "in": "header", "required": false, "description": description, "schema": schema})
}

/// Entity tags or `*`. The pattern limits their length.
fn tags(pattern: &str) -> Value {
    json!({"type": "string", "pattern": pattern})
}

fn parameters() -> Value {
    let key = parameter(
        "Idempotency-Key",
        "Makes it safe to repeat the request for a day: a repeat gets the first answer. A new one, such as a UUID, for \
         each thing to be done.",
        &json!({"type": "string", "maxLength": 255, "pattern": "^[ -~]+$"}),
    );
    let mut if_match = parameter(
        "If-Match",
        "Make the change only if this is still the version: the `ETag` of an answer, such as `\"3.0.1\"`, or `*` for any.",
        &tags(etag::WANTED),
    );
    if_match["example"] = "*".into();
    let if_none_match = parameter(
        "If-None-Match",
        "Answer 304 if this is still the version: the `ETag` of an answer, such as `\"3.0.1\"`.",
        &tags(etag::KNOWN),
    );
    json!({"IdempotencyKey": key, "IfMatch": if_match, "IfNoneMatch": if_none_match})
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
