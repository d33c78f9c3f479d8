//! Advisory locks, which a sharded database takes on the wrong node unless they name a row.

use crate::code::strings;
use crate::tree::{Source, rust_sources};
use crate::{bites, nothing_found};

const LOCKS: &[&str] = &["pg_advisory_xact_lock(", "pg_try_advisory_xact_lock("];

/// The files of the place where the two databases differ.
const DIALECT: &str = "crates/persistence/src/dialect";

fn astray(source: &Source) -> Vec<String> {
    let takes_a_lock = |text: &str| LOCKS.iter().any(|lock| text.contains(lock));
    // A constant number (the lock of the migrations) is a lock of the whole database, not of an organization.
    let is_constant = |text: &str| {
        LOCKS.iter().filter_map(|lock| text.split_once(lock)).all(|(_, after)| {
            after.split_once(')').is_some_and(|(key, _)| !key.is_empty() && key.chars().all(|c| c.is_ascii_digit()))
        })
    };
    let names_a_row = |text: &str| text.contains("FROM organizations") || is_constant(text);
    strings(source)
        .into_iter()
        .filter(|string| takes_a_lock(&string.text))
        .filter_map(|string| match (source.under(DIALECT), names_a_row(&string.text)) {
            (true, true) => None,
            (true, false) => Some(source.at(string.line, "an advisory lock that is not taken FROM organizations")),
            (false, _) => Some(source.at(string.line, &format!("advisory locks are taken in {DIALECT} only"))),
        })
        .collect()
}

#[test]
fn advisory_locks_name_the_row_of_their_organization() {
    let product = rust_sources().filter(|source| source.under("crates/") || source.under("migrations/"));
    let holders: Vec<_> = product.collect();
    nothing_found(holders.iter().copied().flat_map(astray).collect());
    let files = holders
        .iter()
        .filter(|source| strings(source).iter().any(|string| LOCKS.iter().any(|lock| string.text.contains(lock))));
    assert!(files.count() <= 1, "advisory locks are taken in more than one file");
}

#[test]
fn a_bare_lock_is_found() {
    let found = |path: &str, sql: &str| astray(&Source::sample(path, &format!("const LOCK: &str = \"{sql}\";")));
    let bare = "SELECT pg_advisory_xact_lock($1)";
    let good = "SELECT pg_advisory_xact_lock(k) FROM (SELECT k FROM\n organizations o, unnest($2::bigint[]) k WHERE o.id = $1) x";
    bites(&found("crates/persistence/src/dialect/postgres.rs", bare), "not taken FROM organizations");
    assert!(found("crates/persistence/src/dialect/postgres.rs", "SELECT pg_advisory_xact_lock(42)").is_empty());
    bites(&found("crates/persistence/src/leads/repo.rs", good), "in crates/persistence/src/dialect only");
    bites(&found("crates/app/src/a.rs", "SELECT pg_try_advisory_xact_lock(1)"), "crates/app/src/a.rs:1");
    assert!(found("crates/persistence/src/dialect/postgres.rs", good).is_empty());
}
