//! Capture: the forms through which the world becomes leads, and what was posted to them (spec CAP-2, CAP-3,
//! CAP-5).

pub mod adapters;
mod apply;
mod block_list;
mod check;
mod form;
mod inputs;
mod protection;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod spam_tests;
mod submission;
mod suspicion;
#[cfg(test)]
#[allow(clippy::unwrap_used)]
mod tests;
mod visit;

pub use block_list::{BlockEntry, BlockKind, BlockList};
pub use check::{mapping_targets, required_names};
pub use form::{CaptureForm, FormDefaults, FormSettings, POLICIES};
pub use inputs::{Input, are_inputs};
pub use protection::{
    CAPTCHA_INPUTS, CHARSET_INPUT, Captcha, CaptchaProvider, LONGEST_FILL, LONGEST_WINDOW, MOST_A_MINUTE, Protection,
    TOKEN_INPUT,
};
pub use submission::{Submission, SubmissionState, only_tries};
pub use suspicion::{FillToken, Suspicion, TOKEN_LASTS};
pub use visit::Visit;
