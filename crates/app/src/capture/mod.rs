//! Taking in what the world posts (spec CAP-2, CAP-5).

mod forms;
mod receipt;
mod submit;

pub use forms::{Forms, FoundForm};
pub use receipt::{Receipt, receipt};
pub use submit::{Captured, Posted, Submit};
