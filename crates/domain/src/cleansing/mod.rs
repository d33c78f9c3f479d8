//! Values as they came and as they are kept, and what is still doubtful about them (spec DAT-1).

mod doubts;
mod rules;
mod tally;

pub use doubts::{COUNTED, Doubt, blank, doubts};
pub use rules::{Cleansed, Mended, Rule, cleansed, of_given};
pub(crate) use rules::{rule_of, rule_of_custom};
pub use tally::{Counted, Tally};
