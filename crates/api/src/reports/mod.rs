//! `/api/v1/reports`: what the leads come to.

pub mod cleansing;
