//! The HTTP API of Leadwright: shapes, headers, status codes and the OpenAPI document. A slice's endpoints live in the
//! folder of their first path segment: `GET /api/v1/lead-sources` in `lead_sources/list.rs`.

mod api_keys;
mod auth;
pub mod cli;
pub mod config;
pub mod http;
mod lead_sources;
mod me;
pub mod openapi;
mod operations;
mod organization;
mod routes;
pub mod schemas;
pub mod server;
mod teams;
mod users;
mod well_known;

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;
