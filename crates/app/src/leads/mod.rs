//! Leads: what people and programs do with one.

mod archive;
pub(crate) mod assign;
mod batch;
mod batch_item;
mod change_bant;
mod claim;
mod create;
mod happened;
pub(crate) mod held;
mod interactions;
pub(crate) mod move_lead;
mod move_stage;
pub(crate) mod read;
mod record_interactions;
mod restore;
mod route;
mod score;
pub(crate) mod update;

pub use archive::ArchiveLead;
pub use assign::AssignLead;
pub use batch::{Batch, MOST_OPERATIONS, placed};
pub use batch_item::{Done, Operation, Wish};
pub use change_bant::{ChangeBant, bant_changed};
pub use claim::ClaimLead;
pub use create::{CreateLead, Previewed};
pub use happened::happened;
pub(crate) use held::{Held, score_change};
pub use interactions::{InteractionsPage, interactions};
pub use move_lead::MoveLead;
pub use move_stage::MoveStage;
pub use read::{FoundLeads, ListLeads, Selection, facets, get, master_of, timeline};
pub use record_interactions::{MOST_INTERACTIONS, RecordInteractions, Recorded};
pub use restore::RestoreLead;
pub use route::{Rerouted, RouteLead, preview_route};
pub use score::{Explained, explain_score};
pub use update::{UpdateLead, Updated};
