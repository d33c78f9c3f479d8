//! Duplicates: when two leads are one person, and how they become one (spec DUP-1, DUP-2).

mod decide;
mod keys;
mod unite;
mod unite_bant;
mod unite_parts;

pub use decide::{Action, Candidate, MatchDecision, MatchReason, Matched, decide};
pub use keys::{IdentityKeys, MatchKind, Policy};
pub use unite::merge_into;
pub use unite_bant::unite_bant;

#[cfg(test)]
mod tests;
