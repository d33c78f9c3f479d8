//! Where the work on a lead and its hand-off stand, which moves are legal, and the promise to respond.

pub mod sla;
pub mod stage;
pub mod status;
pub mod transition;

pub use stage::{Disposition, StageMove, StageMoved, StageMover, StageRefusal};
pub use status::{StatusReason, SuggestedAction};
pub use transition::{Moved, Policy, Refusal, Transition, Way, decide};

#[cfg(test)]
mod stage_tests;
#[cfg(test)]
mod status_tests;
