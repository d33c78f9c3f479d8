//! Points that people give by hand, beside what the rules give (spec SCO-5).

use serde::{Deserialize, Serialize};

use crate::{choices, fault::Fault, time::Instant};

choices! {
    /// Why somebody changed a score.
    AdjustmentReason {
        /// A conversation showed it.
        ConversationInsight = "conversation_insight",
        /// Their needs were looked into.
        NeedsAssessment = "needs_assessment",
        /// The money is there.
        BudgetConfirmed = "budget_confirmed",
        /// It is urgent, or not.
        TimelineUrgency = "timeline_urgency",
        /// Something else; the note says what.
        Other = "other",
    }
}

/// Points given by hand. Revoked, never edited.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Adjustment {
    /// −100 to 100, not 0.
    pub points: i64,
    /// Why.
    pub reason: AdjustmentReason,
    /// Why, in words.
    pub note: Option<String>,
    /// When it was given.
    pub given_at: Instant,
    /// When it stops counting by itself.
    pub expires_at: Option<Instant>,
    /// When it was taken back.
    pub revoked_at: Option<Instant>,
}

impl Adjustment {
    /// Whether it counts now: from the moment of expiry on it does not.
    pub fn is_active(&self, now: Instant) -> bool {
        self.revoked_at.is_none() && self.expires_at.is_none_or(|expiry| expiry > now)
    }

    /// Everything that is wrong with an adjustment that somebody is about to give.
    pub fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        if self.points == 0 || !(-100..=100).contains(&self.points) {
            faults.push(Fault::in_field("points", "invalid_value", "Give a number from -100 to 100, not 0"));
        }
        if self.expires_at.is_some_and(|expiry| expiry <= self.given_at) {
            faults.push(Fault::in_field("expires_at", "invalid_value", "Give a time to come, or none"));
        }
        faults
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample::at;

    fn given() -> Adjustment {
        Adjustment {
            points: 10,
            reason: AdjustmentReason::BudgetConfirmed,
            note: None,
            given_at: at("2026-03-02T10:00:00Z"),
            expires_at: Some(at("2026-03-03T10:00:00Z")),
            revoked_at: None,
        }
    }

    #[test]
    fn it_counts_until_it_expires_or_is_taken_back() {
        assert!(given().is_active(at("2026-03-03T09:59:59Z")));
        assert!(!given().is_active(at("2026-03-03T10:00:00Z")));
        let revoked = Adjustment { revoked_at: Some(at("2026-03-02T11:00:00Z")), ..given() };
        assert!(!revoked.is_active(at("2026-03-02T12:00:00Z")));
    }

    #[test]
    fn nothing_and_too_much_are_faults() {
        for points in [0, 101, -101, i64::MIN] {
            assert_eq!(Adjustment { points, ..given() }.faults().len(), 1, "{points}");
        }
        let both = Adjustment { points: 0, expires_at: Some(given().given_at), ..given() };
        assert_eq!(both.faults().len(), 2);
        assert_eq!(given().faults(), []);
    }
}
