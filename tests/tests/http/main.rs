//! The HTTP API, tried from outside. A test lies where the endpoint lies in `crates/api/src`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod api_keys;
mod auth;
mod imports;
mod lead_sources;
mod me;
mod organization;
mod teams;
mod users;
mod well_known;
