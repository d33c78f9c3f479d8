//! Pairs of leads that somebody should look at (spec DUP-3).

use serde::{Deserialize, Serialize};

use super::{AlikeReason, Likeness, Tier};
use crate::{
    access::Actor,
    choices,
    ids::{DuplicatePairId, JobId, LeadId},
    imports::{JobState, Progress},
    time::Instant,
};

choices! {
    /// Where a suspected pair stands.
    PairState {
        /// Somebody should look at it.
        Open = "open",
        /// Somebody said that these are two people; it is not proposed again.
        Dismissed = "dismissed",
        /// The two were merged.
        Merged = "merged",
        /// It went away by itself: one of the two is archived, erased, or they no longer resemble each other.
        Closed = "closed",
    }
}

/// Two leads that may be one person.
#[derive(Clone, Debug, PartialEq)]
pub struct DuplicatePair {
    /// Which.
    pub id: DuplicatePairId,
    /// Counts changes.
    pub version: i64,
    /// The lead with the smaller id.
    pub lead_id: LeadId,
    /// The one with the larger id.
    pub other_id: LeadId,
    /// How sure it is.
    pub tier: Tier,
    /// 0 to 100.
    pub similarity: i64,
    /// Why.
    pub reasons: Vec<AlikeReason>,
    /// Where it stands.
    pub state: PairState,
    /// What whoever dismissed it had to say.
    pub note: Option<String>,
    /// Who decided.
    pub decided_by: Option<Actor>,
    /// When.
    pub decided_at: Option<Instant>,
    /// When it was found.
    pub found_at: Instant,
    /// When it last changed.
    pub updated_at: Instant,
}

/// Two leads as one comparison found them, ready to be filed.
#[derive(Clone, Debug, PartialEq)]
pub struct FoundPair {
    /// The lead with the smaller id.
    pub lead_id: LeadId,
    /// The one with the larger id.
    pub other_id: LeadId,
    /// How much they resemble each other.
    pub likeness: Likeness,
}

impl FoundPair {
    /// A pair, whichever of the two is named first.
    pub fn of(one: LeadId, other: LeadId, likeness: Likeness) -> Self {
        let (lead_id, other_id) = ordered(one, other);
        Self { lead_id, other_id, likeness }
    }
}

/// The two ids in the order in which pairs keep them.
pub fn ordered(one: LeadId, other: LeadId) -> (LeadId, LeadId) {
    if one <= other { (one, other) } else { (other, one) }
}

/// How many comparisons a search came to.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct ScanCounts {
    /// Leads that were compared with those they may resemble.
    pub examined: u64,
    /// Pairs that were found, those that were known before included.
    pub found: u64,
    /// Pairs that went away.
    pub closed: u64,
}

/// A search through all leads, as it stands.
#[derive(Clone, Debug, PartialEq)]
pub struct DuplicateScan {
    /// Which.
    pub id: JobId,
    /// Counts changes.
    pub version: i64,
    /// Where it stands.
    pub state: JobState,
    /// The last lead that was compared.
    pub after: Option<LeadId>,
    /// How far it is.
    pub progress: Progress,
    /// What came of it so far.
    pub counts: ScanCounts,
    /// Why it failed.
    pub problem: Option<serde_json::Value>,
    /// When it was asked for.
    pub created_at: Instant,
    /// When it last moved.
    pub updated_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
}
