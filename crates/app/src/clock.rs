//! The time, as a value that tests can move.

use std::sync::{
    Arc,
    atomic::{AtomicI64, Ordering},
};

use chrono::{TimeDelta, Utc};
use leadwright_domain::time::{Instant, truncated};

/// The wall clock, moved by an offset that is zero outside tests and sandboxes.
#[derive(Clone, Debug, Default)]
pub struct Clock {
    offset_seconds: Arc<AtomicI64>,
}

impl Clock {
    /// Now, in whole microseconds.
    pub fn now(&self) -> Instant {
        truncated(Utc::now() + TimeDelta::seconds(self.offset_seconds.load(Ordering::Relaxed)))
    }

    /// Moves the clock forward (or back) for everybody who shares it.
    pub fn advance(&self, by: TimeDelta) {
        self.offset_seconds.fetch_add(by.num_seconds(), Ordering::Relaxed);
    }
}
