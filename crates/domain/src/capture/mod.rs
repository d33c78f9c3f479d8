//! Capture: what the world posts to an organization's forms.

mod submission;

pub use submission::{Submission, SubmissionState};
