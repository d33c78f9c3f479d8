//! `/api/v1/leads`: the leads themselves.

pub mod archive;
pub mod bant;
pub mod create;
pub mod facets;
pub mod get;
pub mod input;
pub mod interactions;
pub mod list;
mod listing;
pub mod parts;
pub mod preview;
pub mod reasons;
pub mod record_interactions;
pub mod restore;
pub mod score;
pub mod search;
mod selection;
mod shape;
pub mod timeline;
pub mod update;
pub mod view;
pub mod words;

pub use view::{LeadView, location, tagged};
