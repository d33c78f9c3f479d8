//! Moving a lead along the status machine (spec QUA-2).

use std::fmt;

use chrono::TimeDelta;
use serde::{Deserialize, Serialize};

use super::StatusReason;
use crate::{
    access::Role,
    choices,
    leads::{
        Lead, Status,
        parts::{Bant, BantPart, BantState},
    },
    organization::Settings,
    time::Instant,
};

choices! {
    /// By which way a status is set.
    Way {
        /// Somebody moves the lead; every rule holds.
        ByHand = "by_hand",
        /// A manager passes over what is missing in BANT, and says why.
        ByOverride = "by_override",
        /// The lead becomes an opportunity; the only way to `converted`.
        ByConversion = "by_conversion",
        /// An import brings the status of another system; any is taken.
        ByImport = "by_import",
        /// A bulk action is taken back; the lead stands where it stood, wherever that was.
        ByUndo = "by_undo",
    }
}

/// What somebody wants to do with a lead.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Transition {
    /// Where it shall stand.
    pub to: Status,
    /// Why, from the catalogue.
    pub reason: Option<StatusReason>,
    /// Why, in words.
    pub note: Option<String>,
    /// By which way.
    pub way: Way,
    /// Whether whoever asks may override: see [`may_override`].
    pub may_override: bool,
}

/// What the organization demands of a move.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Policy {
    /// Parts of BANT that `qualified` demands.
    pub required_bant: Vec<BantPart>,
}

/// A move that may happen.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Moved {
    /// Where it stood.
    pub from: Status,
    /// Where it stands now.
    pub to: Status,
    /// Why, from the catalogue.
    pub reason: Option<StatusReason>,
    /// Why, in words.
    pub note: Option<String>,
    /// By which way.
    pub way: Way,
    /// Parts of BANT that an override passed over.
    pub overridden: Vec<BantPart>,
    /// Seconds it stood at `from`.
    pub spent_seconds: i64,
    /// When it moved.
    pub at: Instant,
}

/// Why a move may not happen; carries what the caller needs to do better.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Refusal {
    /// The machine has no such move.
    #[error("a lead that is {from} cannot become {to}; it can become {}", words(legal))]
    Illegal {
        /// Where it stands.
        from: Status,
        /// Where it should have gone.
        to: Status,
        /// Where it can go.
        legal: &'static [Status],
    },
    /// `converted` was asked for directly.
    #[error("a lead becomes converted by converting it, not by setting its status")]
    OnlyByConversion {
        /// Where it can go.
        legal: &'static [Status],
    },
    /// `qualified` demands more than is known.
    #[error("confirm {} first, or have a manager override it with a reason", words(missing))]
    BantIncomplete {
        /// What is not confirmed.
        missing: Vec<BantPart>,
    },
    /// The move must say why.
    #[error("say why the lead becomes {to}: reason is one of {}", StatusReason::WORDS.join(", "))]
    ReasonRequired {
        /// Where it should have gone.
        to: Status,
    },
    /// Only managers and admins override.
    #[error("only a manager may override what is missing")]
    OverrideForbidden,
    /// An override must say why.
    #[error("an override needs a reason or a note that says why")]
    OverrideUnexplained,
}

fn words<T: fmt::Display>(items: &[T]) -> String {
    match items {
        [] => "nothing else".to_owned(),
        items => items.iter().map(T::to_string).collect::<Vec<_>>().join(", "),
    }
}

/// Whether a role may override what a move demands.
pub const fn may_override(role: Role) -> bool {
    matches!(role, Role::Admin | Role::Manager)
}

impl From<&Settings> for Policy {
    fn from(settings: &Settings) -> Self {
        Self { required_bant: settings.required_bant.clone() }
    }
}

impl Policy {
    /// The demanded parts that are not met.
    pub fn missing_in(&self, bant: &Bant) -> Vec<BantPart> {
        BantPart::ALL
            .iter()
            .copied()
            .filter(|part| self.required_bant.contains(part) && bant.state(*part) != BantState::Met)
            .collect()
    }
}

impl Transition {
    /// A move by hand without a reason.
    pub const fn to(to: Status) -> Self {
        Self { to, reason: None, note: None, way: Way::ByHand, may_override: false }
    }

    /// The same move with a reason.
    #[must_use]
    pub fn because(mut self, reason: StatusReason) -> Self {
        self.reason = Some(reason);
        self
    }

    fn says_why(&self) -> bool {
        self.reason.is_some() || self.note.as_ref().is_some_and(|note| !note.trim().is_empty())
    }
}

/// Decides a move. Pure: the same lead, wish, policy and time give the same answer.
pub fn decide(lead: &Lead, wish: &Transition, policy: &Policy, now: Instant) -> Result<Moved, Refusal> {
    let overridden = match wish.way {
        Way::ByImport | Way::ByUndo => Vec::new(),
        _ => check(lead, wish, policy)?,
    };
    Ok(Moved {
        from: lead.status,
        to: wish.to,
        reason: wish.reason,
        note: wish.note.clone(),
        way: wish.way,
        overridden,
        spent_seconds: seconds_between(lead.status_since, now),
        at: now,
    })
}

/// The parts of BANT that are passed over, where the move is legal.
fn check(lead: &Lead, wish: &Transition, policy: &Policy) -> Result<Vec<BantPart>, Refusal> {
    let legal = lead.status.moves();
    if !legal.contains(&wish.to) {
        return Err(Refusal::Illegal { from: lead.status, to: wish.to, legal });
    }
    if wish.to == Status::Converted && wish.way != Way::ByConversion {
        return Err(Refusal::OnlyByConversion { legal });
    }
    if wish.to.demands_reason() && wish.reason.is_none() {
        return Err(Refusal::ReasonRequired { to: wish.to });
    }
    if wish.to != Status::Qualified {
        return Ok(Vec::new());
    }
    match (policy.missing_in(&lead.bant), wish.way) {
        (missing, _) if missing.is_empty() => Ok(missing),
        (_, Way::ByOverride) if !wish.may_override => Err(Refusal::OverrideForbidden),
        (_, Way::ByOverride) if !wish.says_why() => Err(Refusal::OverrideUnexplained),
        (missing, Way::ByOverride) => Ok(missing),
        (missing, _) => Err(Refusal::BantIncomplete { missing }),
    }
}

/// Whole seconds spent; never negative, whatever the clocks did.
pub(super) fn seconds_between(since: Instant, now: Instant) -> i64 {
    (now - since).max(TimeDelta::zero()).num_seconds()
}

impl Moved {
    /// Moves the lead.
    pub fn apply(&self, lead: &mut Lead) {
        lead.status = self.to;
        lead.status_since = self.at;
        lead.status_reason = self.reason.map(|reason| reason.as_str().to_owned());
        match self.to {
            Status::Qualified => lead.qualified_at = Some(self.at),
            Status::Converted => lead.converted_at = Some(self.at),
            _ => {}
        }
    }
}
