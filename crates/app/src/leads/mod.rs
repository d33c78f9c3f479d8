//! Leads: what people and programs do with one.

mod archive;
mod create;
mod held;
mod read;
mod restore;
mod update;

pub use archive::ArchiveLead;
pub use create::{CreateLead, Previewed};
pub use read::{FoundLeads, ListLeads, Selection, facets, get, timeline};
pub use restore::RestoreLead;
pub use update::UpdateLead;
