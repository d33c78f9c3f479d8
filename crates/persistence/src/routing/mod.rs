//! Who gets leads: the rules, and whose turn it is.

mod rules;
mod turns;

pub use rules::RoutingRules;
pub use turns::{PoolState, Turns};
