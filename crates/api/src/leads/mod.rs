//! `/api/v1/leads`: the leads themselves.

pub mod archive;
pub mod bant;
pub mod create;
pub mod input;
pub mod parts;
pub mod preview;
pub mod restore;
pub mod update;
pub mod view;
pub mod words;

pub use view::{LeadView, location, tagged};
