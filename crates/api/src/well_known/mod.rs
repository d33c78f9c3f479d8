//! `/.well-known`: what other programs look for.

pub mod jwks;
