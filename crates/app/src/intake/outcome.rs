use std::sync::Arc;

use leadwright_domain::{
    capture::SubmissionState,
    duplicates::MatchDecision,
    fault::{Fault, Refusal},
    ids::{LeadId, SubmissionId},
    leads::{ChangedField, Lead},
    precedence::Refused,
    routing::RouteDecision,
};

use super::Prepared;
use crate::Configuration;

/// What came of one incoming lead, with the reasons.
#[derive(Clone, Debug)]
pub struct Outcome {
    /// What happened.
    pub came: Came,
    /// The receipt of the submission behind it.
    pub receipt: Option<SubmissionId>,
    /// Whom it resembles.
    pub matched: MatchDecision,
    /// What was understood but not quite right.
    pub warnings: Vec<Fault>,
    /// What came, as it was read.
    pub prepared: Arc<Prepared>,
    /// The settings by which it was decided.
    pub configuration: Arc<Configuration>,
}

/// What happened to an incoming lead.
#[derive(Clone, Debug)]
pub enum Came {
    /// It became a lead.
    Created {
        /// The new lead.
        lead: Arc<Lead>,
        /// Who got it, and why.
        routed: Option<Routed>,
    },
    /// It told something of a known lead; nothing new where `changes` is empty.
    Updated {
        /// The known lead as it is now.
        lead: Arc<Lead>,
        /// What changed.
        changes: Vec<ChangedField>,
        /// What it said otherwise and was kept as a suggestion.
        suggested: Vec<Refused>,
        /// Whether it came back from the archive.
        restored: bool,
    },
    /// It was left out in favour of a known lead.
    Skipped {
        /// The known lead.
        lead: LeadId,
    },
    /// It was refused.
    Refused(Refusal),
}

/// Who got a lead, and why.
pub type Routed = RouteDecision;

impl Outcome {
    /// The state that a submission with this outcome has.
    pub fn submission_state(&self) -> SubmissionState {
        match &self.came {
            Came::Created { .. } => SubmissionState::Created,
            Came::Updated { changes, restored, .. } if !changes.is_empty() || *restored => SubmissionState::Updated,
            Came::Updated { .. } | Came::Skipped { .. } => SubmissionState::Merged,
            Came::Refused(_) => SubmissionState::Failed,
        }
    }

    /// The lead it became or belongs to.
    pub fn lead_id(&self) -> Option<LeadId> {
        match &self.came {
            Came::Created { lead, .. } | Came::Updated { lead, .. } => Some(lead.id),
            Came::Skipped { lead } => Some(*lead),
            Came::Refused(_) => None,
        }
    }
}
