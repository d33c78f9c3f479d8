//! The conventions of the HTTP API, each in one place: every endpoint is built from these parts.

pub mod answer;
pub mod ask;
pub mod body;
pub mod caller;
pub mod can;
pub mod cursor;
pub mod etag;
pub mod middleware;
pub mod page;
pub mod params;
pub mod patch;
pub mod problem;
pub mod watch;
pub(crate) mod words;

pub use answer::Answer;
pub use ask::Ask;
pub use body::{Body, MaybeBody};
pub use caller::Caller;
pub use can::Can;
pub use etag::IfMatch;
pub use page::Page;
pub use params::{Params, PathId};
pub use problem::ApiError;

/// What handlers return.
pub type Result<T = Answer> = std::result::Result<T, ApiError>;
