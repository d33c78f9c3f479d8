//! The HTTP API of Leadwright: shapes, headers, status codes and the OpenAPI document. A slice's endpoints live in the
//! folder of their first path segment: `GET /api/v1/lead-sources` in `lead_sources/list.rs`.

mod api_keys;
mod auth;
mod block_list;
mod bulk_actions;
mod capture;
mod capture_forms;
mod catalogue;
pub mod cli;
mod conditions;
pub mod config;
mod custom_fields;
mod duplicates;
mod erasures;
pub mod http;
mod import_mappings;
mod imports;
mod lead_sources;
mod leads;
mod me;
pub mod openapi;
mod operations;
mod organization;
mod reports;
mod routes;
mod routing_rules;
pub mod schemas;
pub mod server;
mod submissions;
mod suggestions;
mod tags;
mod teams;
mod users;
mod views;
mod well_known;

use mimalloc::MiMalloc;

#[global_allocator]
static ALLOCATOR: MiMalloc = MiMalloc;
