//! The business of Leadwright: pure decisions about leads.
//!
//! Nothing here reads a clock, a random number, a file or a socket. Functions take state, a wish, the time and the
//! configuration, and return a decision with its reasons.

pub mod access;
pub mod bulk_actions;
pub mod capture;
pub mod catalogue;
pub mod cleansing;
pub mod condition;
pub mod duplicates;
pub mod events;
pub mod exports;
pub mod fault;
pub mod ids;
pub mod imports;
pub mod interactions;
pub mod leads;
pub mod organization;
pub mod people;
pub mod precedence;
pub mod privacy;
pub mod qualification;
pub mod quantity;
pub mod routing;
pub mod scoring;
pub mod sources;
pub mod suggestions;
pub mod tags;
pub mod text;
pub mod time;
pub mod views;

#[cfg(test)]
mod sample;
