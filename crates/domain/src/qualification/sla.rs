//! The promise to respond first within a time (spec ROU-6).

use chrono::TimeDelta;

use crate::{leads::parts::Sla, time::Instant};

/// When the first response is due, the clock running always: so many minutes after the submission was received.
pub fn due_at(received_at: Instant, minutes: i64) -> Instant {
    let promised = TimeDelta::try_minutes(minutes.max(0)).unwrap_or(TimeDelta::MAX);
    received_at.checked_add_signed(promised).unwrap_or(Instant::MAX_UTC)
}

impl Sla {
    /// A promise that begins when something is received. Nobody restarts it: not a reassignment, not a second form.
    pub fn promised(received_at: Instant, minutes: i64) -> Self {
        Self { due_at: Some(due_at(received_at, minutes)), met_at: None, breached_at: None }
    }

    /// Whether the promise is neither kept nor found broken yet.
    pub const fn is_running(&self) -> bool {
        self.due_at.is_some() && self.met_at.is_none() && self.breached_at.is_none()
    }

    /// The promise after the first response: met when the response is not after due, else breached. A response in time
    /// that was only written down later still keeps it.
    #[must_use]
    pub fn answered(self, at: Instant) -> Self {
        match self.due_at {
            Some(due) if self.met_at.is_none() && at <= due => Self { met_at: Some(at), breached_at: None, ..self },
            Some(due) if self.met_at.is_none() => Self { breached_at: Some(due), ..self },
            _ => self,
        }
    }

    /// The promise as the clock finds it: breached once due has passed without a response.
    #[must_use]
    pub fn checked(self, now: Instant) -> Self {
        match self.due_at {
            Some(due) if self.is_running() && now > due => Self { breached_at: Some(due), ..self },
            _ => self,
        }
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;

    fn at(text: &str) -> Instant {
        text.parse().unwrap()
    }

    #[test]
    fn five_minutes_after_receipt_a_response_is_due() {
        assert_eq!(due_at(at("2026-03-29T00:58:00Z"), 5), at("2026-03-29T01:03:00Z"));
    }

    #[test]
    fn a_response_at_due_still_keeps_the_promise() {
        let sla = Sla::promised(at("2026-03-02T10:00:00Z"), 5);
        assert_eq!(sla.answered(at("2026-03-02T10:05:00Z")).met_at, Some(at("2026-03-02T10:05:00Z")));
        let late = sla.answered(at("2026-03-02T10:05:01Z"));
        assert_eq!((late.met_at, late.breached_at), (None, Some(at("2026-03-02T10:05:00Z"))));
    }

    #[test]
    fn the_clock_breaks_a_promise_once_and_a_late_response_does_not_mend_it() {
        let sla = Sla::promised(at("2026-03-02T10:00:00Z"), 5);
        assert!(sla.checked(at("2026-03-02T10:05:00Z")).is_running());
        let broken = sla.checked(at("2026-03-02T10:06:00Z"));
        assert_eq!(broken.breached_at, Some(at("2026-03-02T10:05:00Z")));
        assert_eq!(broken.checked(at("2026-03-03T10:00:00Z")), broken);
        assert_eq!(broken.answered(at("2026-03-02T10:07:00Z")), broken);
    }

    #[test]
    fn a_call_in_time_that_was_noted_late_keeps_the_promise() {
        let broken = Sla::promised(at("2026-03-02T10:00:00Z"), 5).checked(at("2026-03-02T10:06:00Z"));
        let kept = broken.answered(at("2026-03-02T10:04:00Z"));
        assert_eq!((kept.met_at, kept.breached_at), (Some(at("2026-03-02T10:04:00Z")), None));
        assert_eq!(kept.answered(at("2026-03-02T10:09:00Z")), kept, "a later response changes nothing");
    }

    #[test]
    fn an_absurd_promise_neither_panics_nor_lies_before_receipt() {
        let received = at("2026-03-02T10:00:00Z");
        assert_eq!(due_at(received, i64::MAX), Instant::MAX_UTC);
        assert_eq!(due_at(received, -5), received);
    }

    #[test]
    fn no_promise_is_never_broken() {
        assert_eq!(Sla::default().checked(at("2026-03-02T10:00:00Z")), Sla::default());
        assert_eq!(Sla::default().answered(at("2026-03-02T10:00:00Z")), Sla::default());
    }
}
