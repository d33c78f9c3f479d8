//! Forms and what was posted to them.

mod forms;
mod submissions;

pub use forms::CaptureForms;
pub use submissions::Submissions;
