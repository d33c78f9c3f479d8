//! Forms on web sites through which the world becomes leads (spec CAP-2).

mod apply;
mod check;
mod form;

pub use check::{mapping_targets, required_names};
pub use form::{CaptureForm, FormDefaults, FormSettings, POLICIES};
