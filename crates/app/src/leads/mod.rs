//! Leads: what people and programs do with one.

mod archive;
mod create;
mod held;
mod restore;
mod update;

pub use archive::ArchiveLead;
pub use create::{CreateLead, Previewed};
pub use restore::RestoreLead;
pub use update::UpdateLead;
