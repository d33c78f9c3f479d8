//! `/api/v1/leads`: the leads themselves.

pub mod bant;
pub mod parts;
pub mod view;
pub mod words;

pub use view::{LeadView, location, tagged};
