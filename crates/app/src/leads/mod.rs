//! Leads: what people and programs do with one.

mod archive;
mod create;
mod held;
mod interactions;
mod read;
mod record_interactions;
mod restore;
mod score;
mod update;

pub use archive::ArchiveLead;
pub use create::{CreateLead, Previewed};
pub use interactions::{InteractionsPage, interactions};
pub use read::{FoundLeads, ListLeads, Selection, facets, get, timeline};
pub use record_interactions::{MOST_INTERACTIONS, RecordInteractions, Recorded};
pub use restore::RestoreLead;
pub use score::{Explained, explain_score};
pub use update::UpdateLead;
