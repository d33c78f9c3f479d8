use serde::{Deserialize, Serialize};

use crate::{
    access::Actor,
    choices,
    ids::{ErasureId, ImportId, LeadId},
    time::Instant,
};

choices! {
    /// Why a person is erased.
    ErasureReason {
        /// They asked for it.
        RequestedByPerson = "requested_by_person",
        /// There is no reason to keep them any longer.
        Retention = "retention",
        /// Anything else.
        Other = "other",
    }
}

choices! {
    /// What is done with somebody who was erased and comes again.
    WhenErased {
        /// They stay away.
        Refuse = "refuse",
        /// They come in as somebody new.
        Allow = "allow",
    }
}

/// How much was erased.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default)]
pub struct ErasureCounts {
    /// Leads of which only counts are left.
    pub leads: u64,
    /// What they did.
    pub interactions: u64,
    /// Events whose values are gone.
    pub events: u64,
    /// What was posted.
    pub submissions: u64,
    /// Rows that imports rejected.
    pub rejected_rows: u64,
    /// Imports whose preview or warnings named the person.
    pub imports: u64,
    /// Suspected duplicates.
    pub duplicates: u64,
    /// Merges that can't be taken back any more.
    pub merges: u64,
    /// Answers that were kept for repeats of requests.
    pub answers: u64,
    /// Tombstones that are new.
    pub tombstones: u64,
}

/// An erasure of a person. It holds nothing that says who it was.
#[derive(Clone, Debug, PartialEq)]
pub struct Erasure {
    /// Which.
    pub id: ErasureId,
    /// Why.
    pub reason: ErasureReason,
    /// The number of the request elsewhere.
    pub reference: Option<String>,
    /// The leads that were erased.
    pub leads: Vec<LeadId>,
    /// How much was erased.
    pub counts: ErasureCounts,
    /// Imports that are not over: their files may name the person until they are.
    pub open_imports: Vec<ImportId>,
    /// Who did it.
    pub actor: Actor,
    /// When.
    pub created_at: Instant,
}
