//! The HTTP API, tried from outside. A test lies where the endpoint lies in `crates/api/src`.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod api_keys;
mod auth;
mod capture;
mod lead_sources;
mod leads;
mod me;
mod organization;
mod submissions;
mod teams;
mod users;
mod well_known;
