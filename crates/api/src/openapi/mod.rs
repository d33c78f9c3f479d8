//! The OpenAPI document: gathered from the routes, completed with what holds for every operation.

mod bounds;
mod components;
mod examples;
mod known;
mod links;
mod operations;
mod tags;
#[cfg(test)]
mod tests;

use actix_web::App;
use serde_json::{Value, json};
use utoipa::OpenApi;
use utoipa_actix_web::AppExt;

use crate::routes;

#[derive(OpenApi)]
#[openapi(info(
    title = "Leadwright",
    version = "1.0.0",
    description = "Lead management: capture, deduplicate, score, qualify and route leads.\n\n\
        Bodies are JSON in `snake_case`; instants are RFC 3339 in UTC, ids are UUIDs. Every error is a problem \
        (RFC 9457) whose `type` leads to a page about it. Lists are paged by cursor. Every `POST` that changes something \
        takes an `Idempotency-Key`, every single resource has an `ETag`.",
    license(name = "MIT OR Apache-2.0", identifier = "MIT OR Apache-2.0"),
))]
struct Frame;

/// The complete document.
///
/// # Errors
/// The document can't be put into JSON.
pub fn document() -> anyhow::Result<Value> {
    let (_, gathered) = App::new().into_utoipa_app().openapi(Frame::openapi()).configure(routes::all).split_for_parts();
    let mut document = serde_json::to_value(gathered)?;
    complete(&mut document);
    Ok(document)
}

/// The document as the file in the repository has it.
///
/// # Errors
/// The document can't be put into JSON.
pub fn rendered() -> anyhow::Result<String> {
    render(&document()?)
}

/// A document as text.
///
/// # Errors
/// The document can't be put into JSON.
pub fn render(document: &Value) -> anyhow::Result<String> {
    Ok(serde_json::to_string_pretty(document)? + "\n")
}

fn complete(document: &mut Value) {
    document["servers"] = json!([{"url": "/", "description": "The server that gave this document"}]);
    components::add(&mut document["components"]);
    operations::complete(&mut document["paths"]);
    links::add(&mut document["paths"]);
    document["tags"] = tags::used(&document["paths"]);
    examples::add(document);
    bounds::add(document);
}
