//! The OpenAPI document: gathered from the routes, completed with what holds for every operation.

use actix_web::App;
use serde_json::{Map, Value, json};
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

use crate::routes;

#[derive(OpenApi)]
#[openapi(info(
    title = "Leadwright",
    version = "1.0.0",
    description = "Lead management: capture, deduplicate, score, qualify and route leads.",
    license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
))]
struct Frame;

/// The complete document.
///
/// # Errors
/// The document can't be put into JSON.
pub fn document() -> anyhow::Result<Value> {
    let (_, gathered) = App::new().into_utoipa_app().openapi(Frame::openapi()).configure(routes::api).split_for_parts();
    let mut document = serde_json::to_value(gathered)?;
    complete(&mut document);
    Ok(document)
}

/// The document as the file in the repository has it.
///
/// # Errors
/// The document can't be put into JSON.
pub fn rendered() -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(&document()?)? + "\n")
}

fn complete(document: &mut Value) {
    document["servers"] = json!([{"url": "/", "description": "This server"}]);
    document["components"]["securitySchemes"] = json!({
        "bearer": {
            "type": "http", "scheme": "bearer", "bearerFormat": "JWT",
            "description": "An access token of `POST /api/v1/auth/login` (EdDSA, 15 minutes), or an API key (`lw_…`). The scopes named at an operation are what the role or the key must have."
        }
    });
    document["components"]["schemas"]["Problem"] = problem_schema();
    let Some(paths) = document["paths"].as_object_mut() else { return };
    for operations in paths.values_mut().filter_map(Value::as_object_mut) {
        for (method, operation) in operations {
            complete_operation(method, operation);
        }
    }
}

/// Adds the error responses that every operation of its kind can give.
fn complete_operation(method: &str, operation: &mut Value) {
    let has_body = operation.get("requestBody").is_some();
    let has_id = operation["parameters"].as_array().is_some_and(|all| all.iter().any(|one| one["in"] == "path"));
    let is_open = operation.get("security").is_none();
    let mut errors: Vec<(&str, &str)> =
        vec![("422", "The input is readable but not valid"), ("429", "Too many requests")];
    let described = |status: &str| operation["responses"].get(status).is_some();
    if !is_open || described("401") {
        errors.push(("401", "Nobody is signed in"));
    }
    if !is_open {
        errors.push(("403", "The caller lacks the scope"));
    }
    if has_id {
        errors.push(("404", "There is no such record, or the caller may not see it"));
    }
    if has_body {
        errors.extend([
            ("400", "The body can't be read"),
            ("413", "The body is too large"),
            ("415", "Wrong media type"),
        ]);
    }
    if method != "get" {
        errors.push(("409", "The state does not allow it"));
    }
    if has_body && matches!(method, "patch" | "put") || method == "delete" {
        errors.push(("412", "Somebody changed it since it was read"));
    }
    errors.extend([("500", "Something of ours is out of order"), ("503", "Temporarily unavailable")]);
    if let Some(responses) = operation["responses"].as_object_mut() {
        for (status, description) in errors {
            let response = responses.entry(status).or_insert_with(|| problem_response(description));
            if response.get("content").is_none() {
                response["content"] = problem_response(description)["content"].take();
            }
        }
        sort(responses);
    }
}

fn sort(responses: &mut Map<String, Value>) {
    let mut entries: Vec<(String, Value)> = std::mem::take(responses).into_iter().collect();
    entries.sort_by(|a, b| a.0.cmp(&b.0));
    responses.extend(entries);
}

fn problem_response(description: &str) -> Value {
    json!({
        "description": description,
        "content": {"application/problem+json": {"schema": {"$ref": "#/components/schemas/Problem"}}}
    })
}

fn problem_schema() -> Value {
    json!({
        "type": "object",
        "description": "What went wrong (RFC 9457), and what to do about it.",
        "required": ["type", "title", "status", "detail", "code"],
        "properties": {
            "type": {"type": "string", "format": "uri-reference", "description": "Which kind of problem; a stable address that explains it.", "examples": ["/problems/validation-failed"]},
            "title": {"type": "string", "description": "The kind in words, the same each time."},
            "status": {"type": "integer", "description": "The status code."},
            "detail": {"type": "string", "description": "What to do about this one."},
            "code": {"type": "string", "description": "The last part of `type`."},
            "instance": {"type": "string", "description": "The address that was asked."},
            "request_id": {"type": "string", "description": "The request's id, by which the log knows it."},
            "errors": {
                "type": "array", "description": "All faults of the input.",
                "items": {
                    "type": "object", "required": ["code", "detail"],
                    "properties": {
                        "pointer": {"type": "string", "description": "Where in the body, a JSON pointer.", "examples": ["#/email"]},
                        "parameter": {"type": "string", "description": "Which query or path parameter."},
                        "header": {"type": "string", "description": "Which header."},
                        "code": {"type": "string", "description": "A stable word.", "examples": ["invalid_email"]},
                        "detail": {"type": "string", "description": "What to do."},
                        "suggestion": {"description": "The repair, where it is plain."}
                    }
                }
            }
        }
    })
}
