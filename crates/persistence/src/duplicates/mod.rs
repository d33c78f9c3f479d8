//! Suspected duplicates: the keys by which they are found, the pairs, and merges.

mod keys;
mod merges;
mod pairs;
mod scans;

pub use keys::{MOST_FOR_A_KEY, Sharing};
pub use merges::{Merge, NewMerge};
pub use pairs::{Decision, PairQuery};
pub use scans::SCAN;

use crate::conn::repository;

repository!(
    /// The organization's suspected duplicates.
    Duplicates,
    duplicates
);
