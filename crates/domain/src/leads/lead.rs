//! The aggregate root.

use std::sync::Arc;

use serde::{Deserialize, Serialize};

use super::{
    Priority, Profile, Rating, Stage, Status,
    parts::{Bant, Sla},
};
use crate::{
    ids::{LeadId, LeadSourceId, TeamId, UserId},
    scoring::{Adjustment, Part},
    time::Instant,
};

/// A person, with their company, who showed interest.
#[derive(Clone, Debug, PartialEq)]
pub struct Lead {
    /// Which.
    pub id: LeadId,
    /// Counts the commands of people and integrations.
    pub version: i64,
    /// Counts changes that the system computed: score, SLA.
    pub computed_rev: i64,
    /// What is known of the person and the company.
    pub profile: Profile,
    /// Where it came from.
    pub source_id: LeadSourceId,
    /// Who works on it.
    pub owner_id: Option<UserId>,
    /// The team it belongs to.
    pub team_id: Option<TeamId>,
    /// Where the work stands.
    pub status: Status,
    /// Since when.
    pub status_since: Instant,
    /// Why, for `nurture` and `unqualified`.
    pub status_reason: Option<String>,
    /// Where the hand-off stands.
    pub stage: Stage,
    /// Since when.
    pub stage_since: Instant,
    /// The score and its parts.
    pub score: StoredScore,
    /// Points given by hand, beside what the rules give.
    pub adjustments: Vec<Adjustment>,
    /// The human scorecard, 2 to 21.
    pub grade: Option<i64>,
    /// Budget, authority, need, timeline.
    pub bant: Bant,
    /// The promise to respond.
    pub sla: Sla,
    /// When it was created (an import may bring its own).
    pub created_at: Instant,
    /// When a person, an integration or the system last changed it.
    pub updated_at: Instant,
    /// First completed human outbound contact.
    pub first_responded_at: Option<Instant>,
    /// When it last became qualified.
    pub qualified_at: Option<Instant>,
    /// When it was converted.
    pub converted_at: Option<Instant>,
    /// The newest interaction.
    pub last_interaction_at: Option<Instant>,
    /// When it was archived.
    pub archived_at: Option<Instant>,
    /// The lead it was merged into.
    pub merged_into: Option<LeadId>,
}

/// A score with its parts, as kept with the lead.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct StoredScore {
    /// 0 to 100.
    pub total: i64,
    /// 0 to 40.
    pub demographic: i64,
    /// 0 to 40.
    pub behavioral: i64,
    /// 0 to 20.
    pub firmographic: i64,
    /// The sum of unexpired manual adjustments.
    pub adjustment: i64,
    /// The version of the model that gave it.
    pub model_version: i64,
    /// The rules that gave points and why, as `scoring::explain` renders them. Shared, because it is larger than the rest.
    pub parts: Arc<[Part]>,
    /// When decay or expiry will change it without anyone touching the lead.
    pub next_change_at: Option<Instant>,
}

impl Lead {
    /// The band of the score.
    pub fn rating(&self) -> Rating {
        Rating::of(self.score.total)
    }

    /// How urgent it is.
    pub fn priority(&self) -> Priority {
        self.profile.priority.unwrap_or(Priority::Medium)
    }
}
