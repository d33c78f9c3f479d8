//! The HTTP API of Leadwright: shapes, headers, status codes and the OpenAPI document. A slice's endpoints live in the
//! folder of their first path segment: `GET /api/v1/lead-sources` in `lead_sources/list.rs`.

pub mod cli;
pub mod config;
pub mod http;
mod lead_sources;
pub mod openapi;
mod operations;
mod routes;
pub mod schemas;
pub mod server;

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;
