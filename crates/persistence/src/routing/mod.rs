//! Who gets leads.

mod rules;

pub use rules::RoutingRules;
