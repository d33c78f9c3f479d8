//! Taking in what the world posts (spec CAP).

mod forms;

pub use forms::{Forms, FoundForm};
