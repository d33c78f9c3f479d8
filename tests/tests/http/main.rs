//! The API from outside: a file for each endpoint, under the name of the endpoint's own, and one for each convention.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod conventions;
mod lead_sources;
mod operations;
