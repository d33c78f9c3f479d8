//! `/api/v1/capture/{form_key}`: the one address that the world may write to, and what its pages need for that.

mod adapted;
pub mod challenge;
mod cors;
pub(crate) mod posted;
pub mod preflight;
pub mod submit;
pub mod token;
