//! Optimistic concurrency: who says what version they saw is told when it is no longer the one.

use leadwright_domain::fault::{Problem, Refusal};

/// Checks the version that a caller has seen, if they say so.
///
/// # Errors
/// It is another one now.
pub fn expect(current: i64, expected: Option<i64>) -> Result<(), Refusal> {
    match expected {
        Some(expected) if expected != current => Err(stale(current)),
        _ => Ok(()),
    }
}

/// The refusal of a write over a version that is no longer current.
pub fn stale(current: i64) -> Refusal {
    let detail = "Somebody changed this since you read it; read it again and repeat the change.";
    Refusal::new(Problem::StaleVersion, detail).with("current_version", current)
}
