//! Duplicates: when two leads are one person, and how they become one (spec DUP-1 to DUP-4).

mod apart;
mod decide;
mod keys;
mod likeness;
mod match_keys;
mod merge;
mod nicknames;
mod pair;
mod traits;
mod undo;
mod unite;
mod unite_bant;
mod unite_parts;

pub use apart::{MadeOf, Parted, Past, Snapshot, leave};
pub use decide::{Action, Candidate, MatchDecision, MatchReason, Matched, decide, decide_by_id, shares_only_a_line};
pub use keys::{IdentityKeys, MatchKind, Policy};
pub use likeness::{AlikeReason, Likeness, Tier, likeness};
pub use match_keys::MatchKeys;
pub use merge::{Choices, LostValue, MergePlan, Standing, merge, newest_first};
pub use pair::{DuplicatePair, DuplicateScan, FoundPair, PairState, ScanCounts, ordered};
pub use traits::Traits;
pub use undo::{Undone, undo};
pub use unite::merge_into;
pub use unite_bant::unite_bant;

#[cfg(test)]
mod apart_tests;
#[cfg(test)]
mod likeness_tests;
#[cfg(test)]
mod merge_tests;
#[cfg(test)]
mod tests;
