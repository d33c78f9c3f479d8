//! A scoring model: the rules, as data (spec SCO-2).

use std::collections::BTreeSet;

use chrono::TimeDelta;

use super::{points::Points, thresholds::Thresholds};
use crate::{
    choices,
    condition::{Condition, Needs},
    ids::ScoringModelId,
    interactions::InteractionKind,
    time::Instant,
};

choices! {
    /// A part of the score.
    Component {
        /// Who the person is and whether they can decide.
        Demographic = "demographic",
        /// What they did.
        Behavioral = "behavioral",
        /// What company it is.
        Firmographic = "firmographic",
        /// What people gave by hand, beside the rules.
        Adjustment = "adjustment",
    }
}

impl Component {
    /// The parts that rules fill.
    pub const OF_RULES: [Self; 3] = [Self::Demographic, Self::Behavioral, Self::Firmographic];

    /// The most points that it gives; adjustments have no limit of their own.
    pub const fn cap(self) -> Option<i64> {
        match self {
            Self::Demographic | Self::Behavioral => Some(40),
            Self::Firmographic => Some(20),
            Self::Adjustment => None,
        }
    }
}

/// A model. Once published it is never changed; a change makes another version.
#[derive(Clone, Debug, PartialEq)]
pub struct Model {
    /// Which.
    pub id: ScoringModelId,
    /// Counts the published models of the organization.
    pub version: i64,
    /// Its rules, in the order in which they are explained.
    pub rules: Vec<Rule>,
    /// Bands and hand-off.
    pub thresholds: Thresholds,
}

/// One reason for points.
#[derive(Clone, Debug, PartialEq)]
pub struct Rule {
    /// Its name, unique in the model.
    pub name: String,
    /// What its points are added to: one of [`Component::OF_RULES`].
    pub component: Component,
    /// Of the rules of one component that share a group, the one with most points counts.
    pub group: Option<String>,
    /// The points; negative ones take away.
    pub points: i64,
    /// What they are given for.
    pub kind: RuleKind,
}

/// What points are given for.
#[derive(Clone, Debug, PartialEq)]
pub enum RuleKind {
    /// For what the lead is.
    Attribute {
        /// The lead as wished.
        when: Condition,
    },
    /// For what the lead did, each time.
    Behaviour(Behaviour),
}

/// What a lead did that is worth points.
#[derive(Clone, Debug, PartialEq)]
pub struct Behaviour {
    /// What it did.
    pub interaction: InteractionKind,
    /// Which of these count; tests `interaction.*` fields only.
    pub filter: Option<Condition>,
    /// So many of the newest count.
    pub max_count: Option<u32>,
    /// After so many days half of the points is left.
    pub half_life_days: Option<u32>,
}

/// A model's content, as it is written before it has an id and a version.
#[derive(Clone, Debug, PartialEq)]
pub struct Draft {
    /// Its rules.
    pub rules: Vec<Rule>,
    /// Bands and hand-off.
    pub thresholds: Thresholds,
}

impl Draft {
    /// The model that this draft becomes.
    pub fn published(self, id: ScoringModelId, version: i64) -> Model {
        Model { id, version, rules: self.rules, thresholds: self.thresholds }
    }
}

impl Model {
    /// The interactions that have to be loaded before a lead can be scored; not those of which nothing is left.
    pub fn needs(&self, now: Instant) -> Needs {
        self.rules.iter().map(|rule| rule.needs(now)).fold(Needs::default(), Needs::and)
    }
}

impl Rule {
    fn needs(&self, now: Instant) -> Needs {
        match &self.kind {
            RuleKind::Attribute { when } => when.needs(now),
            RuleKind::Behaviour(behaviour) => {
                let mut kinds = BTreeSet::from([behaviour.interaction]);
                if behaviour.interaction == InteractionKind::SiteVisited {
                    kinds.insert(InteractionKind::PageViewed);
                }
                let days = behaviour.half_life_days.and_then(|half_life| days_until_nothing(self.points, half_life));
                let lasts = days.and_then(|days| TimeDelta::try_days(i64::from(days)));
                Needs { kinds, since: lasts.and_then(|lasts| now.checked_sub_signed(lasts)) }
            }
        }
    }
}

/// After how many days nothing is left of some points, in whole half-lives.
fn days_until_nothing(points: i64, half_life: u32) -> Option<u32> {
    let mut days = (0..=u32::BITS).map_while(|halvings| half_life.checked_mul(halvings));
    days.find(|days| Points::whole(points).after(*days, half_life) == Points::ZERO)
}
