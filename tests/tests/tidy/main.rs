//! The house rules, checked over the source tree.
//!
//! Each rule is a function from sources to findings. It is tried twice: on a sample that breaks it, where it has to
//! bite, and on the tree, where it must find nothing.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod boundaries;
mod code;
mod locks;
mod manifests;
mod mirrors;
mod sizes;
mod tree;
mod words;

/// Fails with every finding at once.
#[track_caller]
fn nothing_found(findings: Vec<String>) {
    assert!(findings.is_empty(), "{} findings:\n{}", findings.len(), findings.join("\n"));
}

/// Fails unless a rule found something, and in the right place.
#[track_caller]
fn bites(findings: &[String], named: &str) {
    assert!(findings.iter().any(|finding| finding.contains(named)), "nothing about {named}: {findings:?}");
}
