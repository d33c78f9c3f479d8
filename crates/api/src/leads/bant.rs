//! Budget, authority, need and timeline, as the API shows them.

use chrono::NaiveDate;
use leadwright_domain::leads::parts::Bant;
use serde::Serialize;
use utoipa::ToSchema;

use super::{parts::MoneyView, words::BantStateWord};

/// Budget, authority, need and timeline.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Bant)]
pub struct BantView {
    /// How much is known, in per cent of the four parts.
    #[schema(example = 50, minimum = 0, maximum = 100)]
    completeness: u8,
    /// Is there money?
    budget: BantBudget,
    /// Can they decide?
    authority: BantAuthority,
    /// Do they need it?
    need: BantNeed,
    /// By when?
    timeline: BantTimeline,
}

/// The money for it.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BantBudget {
    /// Confirmed?
    state: BantStateWord,
    /// How ample.
    #[schema(minimum = 1, maximum = 5, example = 4)]
    level: Option<u8>,
    /// Is it set aside?
    allocated: Option<bool>,
    /// The amount, or its range.
    range: Option<MoneyView>,
    /// Who controls it: `contact` for the person themselves, else whoever it is.
    #[schema(example = "contact")]
    controller: Option<String>,
    /// Anything else.
    notes: Option<String>,
}

/// Who decides.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BantAuthority {
    /// Confirmed?
    state: BantStateWord,
    /// Does the person decide?
    decision_maker: Option<bool>,
    /// Others who take part.
    #[schema(example = "Head of IT")]
    others_involved: Option<String>,
    /// How it is approved.
    approval_process: Option<String>,
    /// Anything else.
    notes: Option<String>,
}

/// What they need.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BantNeed {
    /// Confirmed?
    state: BantStateWord,
    /// Is it clear?
    clear: Option<bool>,
    /// How urgent.
    #[schema(example = "before the season")]
    urgency: Option<String>,
    /// What happens if it is not solved.
    impact: Option<String>,
    /// Anything else.
    notes: Option<String>,
}

/// By when.
#[derive(Clone, Debug, Serialize, ToSchema)]
pub struct BantTimeline {
    /// Confirmed?
    state: BantStateWord,
    /// The wanted date.
    #[schema(example = "2026-09-01")]
    date: Option<NaiveDate>,
    /// Deadlines.
    deadlines: Option<String>,
    /// What may delay it.
    possible_delays: Option<String>,
    /// Anything else.
    notes: Option<String>,
}

impl From<&Bant> for BantView {
    fn from(bant: &Bant) -> Self {
        let Bant { budget, authority, need, timeline } = bant.clone();
        Self {
            completeness: bant.completeness(),
            budget: BantBudget {
                state: budget.state.into(),
                level: budget.level,
                allocated: budget.allocated,
                range: budget.range.as_ref().map(MoneyView::from),
                controller: budget.controller,
                notes: budget.notes,
            },
            authority: BantAuthority {
                state: authority.state.into(),
                decision_maker: authority.decision_maker,
                others_involved: authority.others_involved,
                approval_process: authority.approval_process,
                notes: authority.notes,
            },
            need: BantNeed {
                state: need.state.into(),
                clear: need.clear,
                urgency: need.urgency,
                impact: need.impact,
                notes: need.notes,
            },
            timeline: BantTimeline {
                state: timeline.state.into(),
                date: timeline.date,
                deadlines: timeline.deadlines,
                possible_delays: timeline.possible_delays,
                notes: timeline.notes,
            },
        }
    }
}
