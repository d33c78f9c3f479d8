//! Capture: the world posts to a form (spec CAP-2, CAP-5).

mod receipt;
mod submit;

pub use receipt::{Receipt, receipt};
pub use submit::{Captured, Posted, Submit};
