//! What the tests of Leadwright stand on.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)] // A test that cannot be set up has to fail.

pub mod postgres;
