//! How promising a lead is, and why (spec SCO).
//!
//! A [`Model`] is rules as data. [`score()`] gives the score with its lines, [`explain()`] also what would change it.

pub mod adjustment;
pub mod counting;
pub mod default_model;
pub mod explain;
pub mod model;
pub mod model_json;
pub mod points;
pub mod ready;
mod score;
pub mod scored;
pub mod thresholds;

pub use adjustment::{Adjustment, AdjustmentReason};
pub use default_model::default_model;
pub use explain::{Explanation, Unevaluable, explain};
pub use model::{Behaviour, Component, Draft, Model, Rule, RuleKind};
pub use points::Points;
pub use ready::Ready;
pub use score::score;
pub use scored::{ComponentScore, Part, Scored, Why, by_component};
pub use thresholds::{HandOff, RecommendedAction, Thresholds, recommended_action, suggested_priority};

#[cfg(test)]
mod counting_tests;
#[cfg(test)]
mod default_model_tests;
#[cfg(test)]
mod explain_tests;
#[cfg(test)]
mod model_json_tests;
#[cfg(test)]
mod score_tests;
#[cfg(test)]
mod testing;
