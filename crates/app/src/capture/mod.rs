//! Taking in what the world posts (spec CAP-2, CAP-5).

mod fields;
mod forms;
mod receipt;
mod replay;
mod submit;

pub use fields::{URLENCODED, Unreadable, fields};
pub use forms::{Forms, FoundForm};
pub use receipt::{Receipt, list, receipt};
pub use replay::replay;
pub use submit::{Captured, Posted, Submit};
