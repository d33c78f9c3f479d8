//! Forms and what was posted to them.

mod forms;

pub use forms::CaptureForms;
