//! Who gets a lead, and why (spec ROU).

pub mod assign;
pub mod decide;
pub mod pool;
pub mod rule;
pub mod stored;

pub use assign::{AssignReason, Handover, Holder, hand_over};
pub use decide::{Assignment, MemberVerdict, PassedOver, Pools, RouteDecision, Tried, Verdict, decide};
pub use pool::{Member, Pool, Skip, TurnTaken};
pub use rule::{Assign, Rule, RuleBook, Strategy};
pub use stored::StoredRule;

#[cfg(test)]
mod decide_tests;
#[cfg(test)]
mod pool_tests;
