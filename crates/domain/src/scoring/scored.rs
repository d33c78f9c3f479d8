//! A score with its reasons.

use serde::{Deserialize, Serialize};

use super::{model::Component, points::Points};
use crate::{
    leads::{Rating, lead::StoredScore},
    time::Instant,
};

/// A score and where it comes from.
#[derive(Clone, Debug, PartialEq)]
pub struct Scored {
    /// 0 to 100.
    pub total: i64,
    /// 0 to 40.
    pub demographic: i64,
    /// 0 to 40.
    pub behavioral: i64,
    /// 0 to 20.
    pub firmographic: i64,
    /// The sum of active adjustments.
    pub adjustment: i64,
    /// The band.
    pub rating: Rating,
    /// What gave points, component by component.
    pub parts: Vec<Part>,
    /// When the score can change without anyone touching the lead.
    pub next_change_at: Option<Instant>,
    /// The version of the model.
    pub model_version: i64,
}

/// One line of a score. The lines of a component add up to its points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct Part {
    /// The rule; `limit`, `rounding` or the reason of an adjustment where no rule gave it.
    pub rule: String,
    /// What the points are added to.
    pub component: Component,
    /// The points.
    pub points: Points,
    /// Why.
    pub reason: Why,
}

/// Why a line has its points.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "code", content = "params", rename_all = "snake_case")]
pub enum Why {
    /// The lead meets the condition.
    Met {},
    /// The lead did something.
    Done {
        /// How often it counts.
        count: u32,
        /// The newest time.
        newest_at: Instant,
        /// The points when it was fresh.
        fresh: Points,
        /// How many of them have faded.
        faded: Points,
    },
    /// Another rule of the group gives more.
    Outdone {
        /// Which.
        by: String,
    },
    /// The component has a least and a most.
    Limited {
        /// What its rules add up to.
        sum: Points,
        /// The least it can be.
        least: i64,
        /// The most it can be.
        most: i64,
    },
    /// A component is a whole number.
    Rounded {
        /// What it was before.
        exact: Points,
    },
    /// Somebody gave points by hand.
    Given {
        /// When.
        at: Instant,
        /// When they stop counting.
        expires_at: Option<Instant>,
    },
}

/// The lines of one component.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct ComponentScore {
    /// Which.
    pub component: Component,
    /// What its lines add up to.
    pub points: i64,
    /// The most it can be.
    pub cap: Option<i64>,
    /// Its lines.
    pub rules: Vec<Part>,
}

/// The lines of a score by component; works on stored parts as well.
pub fn by_component(parts: &[Part]) -> Vec<ComponentScore> {
    let of = |component: Component| {
        let rules: Vec<Part> = parts.iter().filter(|part| part.component == component).cloned().collect();
        let points = rules.iter().map(|part| part.points).sum::<Points>().rounded();
        ComponentScore { component, points, cap: component.cap(), rules }
    };
    Component::ALL.iter().copied().map(of).collect()
}

impl Scored {
    /// The form that is kept with the lead.
    pub fn stored(self) -> StoredScore {
        StoredScore {
            total: self.total,
            demographic: self.demographic,
            behavioral: self.behavioral,
            firmographic: self.firmographic,
            adjustment: self.adjustment,
            model_version: self.model_version,
            parts: self.parts.into(),
            next_change_at: self.next_change_at,
        }
    }
}
