//! Taking in what the world posts (spec CAP-2, CAP-5).

mod fields;
mod forms;
mod receipt;
mod replay;
mod secret;
mod submit;

pub use fields::{Fields, FileNote, MULTIPART, URLENCODED, Unreadable, essence, fields, without_files};
pub use forms::{Forms, FoundForm};
pub use receipt::{Receipt, list, receipt};
pub use replay::replay;
pub use secret::{open_secret, seal_secret};
pub use submit::{Captured, Posted, Submit};
