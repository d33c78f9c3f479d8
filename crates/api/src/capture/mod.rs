//! `/api/v1/capture/{form_key}`: the one address that the world may write to, and what its pages need for that.

mod cors;
mod posted;
pub mod preflight;
pub mod submit;
pub mod token;
