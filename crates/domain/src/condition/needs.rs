//! What has to be loaded before a condition can be asked in memory.

use std::collections::BTreeSet;

use super::{Condition, local_day::moments_before};
use crate::{interactions::InteractionKind, time::Instant};

/// The interactions that conditions ask about. Load them once per batch.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Needs {
    /// Of these kinds; none if empty.
    pub kinds: BTreeSet<InteractionKind>,
    /// Not older than this; however old, if absent.
    pub since: Option<Instant>,
}

impl Needs {
    /// What both need.
    #[must_use]
    pub fn and(mut self, other: Self) -> Self {
        self.since = match (self.kinds.is_empty(), other.kinds.is_empty()) {
            (true, _) => other.since,
            (_, true) => self.since,
            _ => self.since.zip(other.since).map(|(a, b)| a.min(b)),
        };
        self.kinds.extend(other.kinds);
        self
    }
}

impl Condition {
    /// The interactions that the condition asks about.
    pub fn needs(&self, now: Instant) -> Needs {
        match self {
            Self::All(parts) | Self::Any(parts) => {
                parts.iter().map(|part| part.needs(now)).fold(Needs::default(), Needs::and)
            }
            Self::Not(part) => part.needs(now),
            Self::Field(_) => Needs::default(),
            Self::Interaction(test) => Needs {
                kinds: BTreeSet::from([test.kind]),
                since: test.within_days.map(|days| moments_before(now, days)),
            },
        }
    }
}
