//! Suspected duplicates: found beside the work on leads, looked at by people, merged and taken apart again.

mod decide;
mod examine;
mod follow;
mod merge;
mod read;
mod scan;
mod unmerge;

pub use decide::DecidePair;
pub use follow::{READER, Turn, follow};
pub use merge::{MOST_AT_ONCE, MergeLeads, MergePreview, Merged};
pub use read::{MergesPage, PairWithLeads, merges, pair, pairs, pairs_of_lead};
pub use scan::{BeginScan, CancelScan, run as run_scan, scan};
pub use unmerge::{UnmergeLead, Unmerged};
