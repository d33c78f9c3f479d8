//! What a score asks for (spec SCO-6).

use serde::{Deserialize, Serialize};

use crate::{
    choices,
    fault::Fault,
    leads::{Priority, Rating},
};

choices! {
    /// What to do with a lead of a band.
    RecommendedAction {
        /// Keep it warm.
        Nurture = "nurture",
        /// Find out more.
        QualifyFurther = "qualify_further",
        /// Reach out now.
        ImmediateFollowUp = "immediate_follow_up",
    }
}

/// Where the bands begin, and where marketing hands over to sales.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(default, deny_unknown_fields)]
pub struct Thresholds {
    /// The least score that is warm.
    pub warm_from: i64,
    /// The least score that is hot.
    pub hot_from: i64,
    /// The least score that is handed over.
    pub hand_off_at: i64,
    /// Below this, a later crossing hands over again.
    pub rearm_below: i64,
}

/// What a new score does to the hand-off.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct HandOff {
    /// Whether a later crossing will fire.
    pub armed: bool,
    /// Whether this score fires.
    pub fires: bool,
}

impl Default for Thresholds {
    fn default() -> Self {
        Self { warm_from: 31, hot_from: 70, hand_off_at: 60, rearm_below: 55 }
    }
}

impl Thresholds {
    /// The band of a score.
    pub const fn rating(&self, score: i64) -> Rating {
        if score >= self.hot_from {
            Rating::Hot
        } else if score >= self.warm_from {
            Rating::Warm
        } else {
            Rating::Cold
        }
    }

    /// What a score does to the hand-off: it fires once at the threshold, and again only after it fell below the margin.
    pub const fn hand_off(&self, armed: bool, score: i64) -> HandOff {
        let fires = armed && score >= self.hand_off_at;
        HandOff { armed: score < self.rearm_below || (armed && !fires), fires }
    }

    /// Everything that makes no sense, with pointers below `#/thresholds`.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut demand = |holds: bool, name: &str, detail: &str| {
            if !holds {
                faults.push(Fault::at_pointer(format!("#/thresholds/{name}"), "invalid_value", detail));
            }
        };
        demand((1..=99).contains(&self.warm_from), "warm_from", "Give a number from 1 to 99");
        demand(
            self.warm_from < self.hot_from && self.hot_from <= 100,
            "hot_from",
            "Give a number above warm_from, at most 100",
        );
        demand((1..=100).contains(&self.hand_off_at), "hand_off_at", "Give a number from 1 to 100");
        demand(
            (0..=self.hand_off_at).contains(&self.rearm_below),
            "rearm_below",
            "Give a number from 0 to hand_off_at",
        );
        faults
    }
}

/// What a band asks for.
pub const fn recommended_action(rating: Rating) -> RecommendedAction {
    match rating {
        Rating::Cold => RecommendedAction::Nurture,
        Rating::Warm => RecommendedAction::QualifyFurther,
        Rating::Hot => RecommendedAction::ImmediateFollowUp,
    }
}

/// The priority that a score suggests.
pub const fn suggested_priority(score: i64) -> Priority {
    match score {
        i64::MIN..=30 => Priority::Low,
        31..=69 => Priority::Medium,
        70..=89 => Priority::High,
        _ => Priority::Critical,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_bands_are_those_of_the_vocabulary() {
        let thresholds = Thresholds::default();
        for score in 0..=100 {
            assert_eq!(thresholds.rating(score), Rating::of(score), "{score}");
        }
    }

    #[test]
    fn each_band_says_what_to_do() {
        let actions: Vec<_> = Rating::ALL.iter().map(|rating| recommended_action(*rating)).collect();
        assert_eq!(actions, RecommendedAction::ALL);
    }

    #[test]
    fn priorities_at_their_edges() {
        let suggested = [0, 30, 31, 69, 70, 89, 90, 100].map(suggested_priority);
        use Priority::{Critical, High, Low, Medium};
        assert_eq!(suggested, [Low, Low, Medium, Medium, High, High, Critical, Critical]);
    }

    #[test]
    fn the_hand_off_fires_once_and_is_armed_again_below_the_margin() {
        let thresholds = Thresholds::default();
        let mut armed = true;
        let mut fired = Vec::new();
        for score in [59, 60, 80, 59, 61, 55, 60, 54, 59, 60] {
            let hand_off = thresholds.hand_off(armed, score);
            armed = hand_off.armed;
            fired.push(hand_off.fires);
        }
        assert_eq!(fired, [false, true, false, false, false, false, false, false, false, true]);
    }

    #[test]
    fn bands_that_overlap_are_faults_all_at_once() {
        assert_eq!(Thresholds::default().faults(), []);
        let absurd = Thresholds { warm_from: 80, hot_from: 70, hand_off_at: 0, rearm_below: 5 };
        assert_eq!(absurd.faults().len(), 3);
    }
}
