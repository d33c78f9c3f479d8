//! Changing many leads at once, and taking that back (spec LEAD-4).

mod action;
mod prior;
mod standing;

pub use action::{Action, ActionKind, Reassignment};
pub use prior::{Kept, Prior};
pub use standing::{BulkAction, BulkCounts, Checkpoint, Failure, MOST_AT_ONCE, Picked, UNDO_DAYS};
