//! `/api/v1/capture/{form_key}`: the one address that the world may write to.

mod cors;
mod posted;
pub mod preflight;
pub mod submit;
