//! The hand-off from marketing to sales (spec QUA-3).

use serde::{Deserialize, Serialize};

use super::{
    StatusReason,
    transition::{Moved, Way, seconds_between},
};
use crate::{
    access::Role,
    choices,
    leads::{Lead, Stage, Status},
    time::Instant,
};

choices! {
    /// What becomes of a lead that sales gives back.
    Disposition {
        /// Kept warm; the default.
        Nurture = "nurture",
        /// Not a fit.
        Unqualified = "unqualified",
    }
}

/// Who moves the hand-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "kind", content = "role", rename_all = "snake_case")]
pub enum StageMover {
    /// A person in a role.
    Person(Role),
    /// An integration.
    Program,
    /// The score crossed the hand-off threshold.
    Threshold,
}

/// What somebody wants to do with the hand-off.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct StageMove {
    /// Where it shall stand.
    pub to: Stage,
    /// Why, for `sales_rejected` and `sales_disqualified`.
    pub reason: Option<StatusReason>,
    /// Why, in words.
    pub note: Option<String>,
    /// What becomes of a rejected lead; `nurture` where nothing is said.
    pub disposition: Option<Disposition>,
    /// Who wants it.
    pub by: StageMover,
}

/// A move that may happen, with the move of the status that comes with it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct StageMoved {
    /// Where it stood.
    pub from: Stage,
    /// Where it stands now.
    pub to: Stage,
    /// Why, from the catalogue.
    pub reason: Option<StatusReason>,
    /// Why, in words.
    pub note: Option<String>,
    /// Who moved it.
    pub by: StageMover,
    /// The status that follows from it.
    pub status: Option<Moved>,
    /// Seconds it stood at `from`.
    pub spent_seconds: i64,
    /// When it moved.
    pub at: Instant,
}

/// Why the hand-off may not move.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum StageRefusal {
    /// The machine has no such move.
    #[error("the hand-off cannot go from {from} to {to}")]
    Illegal {
        /// Where it stands.
        from: Stage,
        /// Where it should have gone.
        to: Stage,
        /// Where it can go.
        legal: &'static [Stage],
    },
    /// Whoever asks may not set this stage.
    #[error("{to} is set by {who}")]
    NotYours {
        /// Where it should have gone.
        to: Stage,
        /// Who may.
        who: &'static str,
    },
    /// The move must say why.
    #[error("say why the lead becomes {to}: reason is one of {}", StatusReason::WORDS.join(", "))]
    ReasonRequired {
        /// Where it should have gone.
        to: Stage,
    },
    /// Only a rejection has a disposition.
    #[error("only sales_rejected takes a disposition")]
    DispositionUnexpected,
    /// The work on the lead has come to a point where the hand-off does not move like this.
    #[error("a lead that is {status} cannot become {to}")]
    StatusForbids {
        /// Where the work stands.
        status: Status,
        /// Where the hand-off should have gone.
        to: Stage,
    },
}

impl Stage {
    /// The legal moves from here, in the order in which a person is offered them.
    pub const fn moves(self) -> &'static [Self] {
        match self {
            Self::None | Self::SalesRejected | Self::SalesDisqualified => &[Self::MarketingQualified],
            Self::MarketingQualified => &[Self::SalesAccepted, Self::SalesRejected],
            Self::SalesAccepted => &[Self::SalesQualified, Self::SalesDisqualified],
            Self::SalesQualified => &[Self::SalesDisqualified],
        }
    }

    /// Whether a move here must say why.
    pub const fn demands_reason(self) -> bool {
        matches!(self, Self::SalesRejected | Self::SalesDisqualified)
    }
}

impl StageMover {
    /// Whether they may move a hand-off from one stage to another: marketing or the threshold hands over, only people
    /// confirm, and the threshold passes over what sales had disqualified.
    fn check(self, from: Stage, to: Stage) -> Result<(), StageRefusal> {
        let (may, who) = match to {
            Stage::MarketingQualified => match self {
                Self::Person(role) => (matches!(role, Role::Marketer | Role::Admin), "a marketer or the threshold"),
                Self::Program => (false, "a marketer or the threshold"),
                Self::Threshold => (from != Stage::SalesDisqualified, "a marketer, once sales had disqualified it"),
            },
            Stage::SalesQualified => (matches!(self, Self::Person(_)), "people only"),
            _ => (self != Self::Threshold, "sales"),
        };
        if may { Ok(()) } else { Err(StageRefusal::NotYours { to, who }) }
    }
}

/// Decides a move of the hand-off, and of the status where one follows from it.
pub fn decide(lead: &Lead, wish: &StageMove, now: Instant) -> Result<StageMoved, StageRefusal> {
    let (from, to) = (lead.stage, wish.to);
    if !from.moves().contains(&to) {
        return Err(StageRefusal::Illegal { from, to, legal: from.moves() });
    }
    wish.by.check(from, to)?;
    if to.demands_reason() && wish.reason.is_none() {
        return Err(StageRefusal::ReasonRequired { to });
    }
    if wish.disposition.is_some() && to != Stage::SalesRejected {
        return Err(StageRefusal::DispositionUnexpected);
    }
    Ok(StageMoved {
        from,
        to,
        reason: wish.reason,
        note: wish.note.clone(),
        by: wish.by,
        status: status_after(lead, wish, now)?,
        spent_seconds: seconds_between(lead.stage_since, now),
        at: now,
    })
}

/// The move of the status that a move of the hand-off brings with it.
fn status_after(lead: &Lead, wish: &StageMove, now: Instant) -> Result<Option<Moved>, StageRefusal> {
    let forbidden = StageRefusal::StatusForbids { status: lead.status, to: wish.to };
    let to = match wish.to {
        Stage::SalesDisqualified => Status::Unqualified,
        Stage::SalesRejected => match wish.disposition.unwrap_or(Disposition::Nurture) {
            Disposition::Nurture => Status::Nurture,
            Disposition::Unqualified => Status::Unqualified,
        },
        _ if wish.by == StageMover::Threshold && matches!(lead.status, Status::Unqualified | Status::Converted) => {
            return Err(forbidden);
        }
        _ => return Ok(None),
    };
    if lead.status == to {
        return Ok(None);
    }
    if !lead.status.moves().contains(&to) {
        return Err(forbidden);
    }
    Ok(Some(Moved {
        from: lead.status,
        to,
        reason: wish.reason,
        note: wish.note.clone(),
        way: Way::ByHand,
        overridden: Vec::new(),
        spent_seconds: seconds_between(lead.status_since, now),
        at: now,
    }))
}

impl StageMoved {
    /// Moves the hand-off, and the status where it follows.
    pub fn apply(&self, lead: &mut Lead) {
        lead.stage = self.to;
        lead.stage_since = self.at;
        if let Some(moved) = &self.status {
            moved.apply(lead);
        }
    }
}
