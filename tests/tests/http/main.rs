//! The API from outside: a file for each endpoint, under the name of the endpoint's own, and one for each convention.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod api_keys;
mod auth;
mod conventions;
mod lead_sources;
mod me;
mod operations;
mod organization;
mod teams;
mod users;
mod well_known;
