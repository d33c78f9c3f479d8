//! Taking in what the world posts (spec CAP-2, CAP-3, CAP-5).

pub mod adapters;
mod bulk;
mod captcha;
mod cleansing;
mod fetch;
mod fields;
mod forms;
mod quota;
mod receipt;
mod reject;
mod replay;
mod secret;
mod submit;
mod suspect;
mod token;
mod told;

pub(crate) use bulk::run as run_replays;
pub use bulk::{
    OrderReplay, REPLAY_KIND, ReplayCounts, ReplayJob, ReplayProgress, Replayed, few, replay_all, replay_job,
};
pub use captcha::{Verifier, VerifierSettings};
pub use cleansing::{Cleansing, cleansing, of_lead};
pub use fetch::{FETCH, fetch};
pub use fields::{Fields, FileNote, MULTIPART, URLENCODED, Unreadable, essence, fields, without_files};
pub use forms::{Forms, FoundForm};
pub use receipt::{Receipt, SubmissionFilter, list, receipt};
pub use reject::RejectSubmission;
pub use replay::{release, replay};
pub use secret::{open_secret, seal_secret};
pub use submit::{Captured, Posted, Submit};
pub use token::fill_token;
