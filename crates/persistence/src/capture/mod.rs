//! Forms and what was posted to them.

mod block_list;
mod forms;
mod submissions;

pub use block_list::Blocked;
pub use forms::CaptureForms;
pub use submissions::{Held, SubmissionFilter, Submissions};
