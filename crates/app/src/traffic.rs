//! Whether somebody waits: what works in the background takes smaller steps then.

use std::{
    sync::atomic::{AtomicU64, Ordering},
    time::{Duration, Instant},
};

/// How long after a request others are expected to follow. Who comes once in a while waits for a whole batch else, each time.
const LATELY: Duration = Duration::from_secs(3);

/// When requests that may write came last.
#[derive(Debug)]
pub struct Traffic {
    began: Instant,
    /// Milliseconds after `began`, and one; none came at 0.
    last: AtomicU64,
}

impl Default for Traffic {
    fn default() -> Self {
        Self { began: Instant::now(), last: AtomicU64::new(0) }
    }
}

impl Traffic {
    /// Somebody came who may want to write.
    pub fn came(&self) {
        self.last.store(self.now(), Ordering::Relaxed);
    }

    /// Whether somebody came just now, so that others have to be expected.
    pub fn lately(&self) -> bool {
        let last = self.last.load(Ordering::Relaxed);
        last > 0 && u128::from(self.now().saturating_sub(last)) <= LATELY.as_millis()
    }

    fn now(&self) -> u64 {
        u64::try_from(self.began.elapsed().as_millis()).unwrap_or(u64::MAX).saturating_add(1)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn whoever_came_is_remembered_for_a_moment() {
        let traffic = Traffic::default();
        assert!(!traffic.lately());
        traffic.came();
        assert!(traffic.lately());
        let earlier = Instant::now().checked_sub(2 * LATELY).unwrap();
        let traffic = Traffic { began: earlier, last: AtomicU64::new(1) };
        assert!(!traffic.lately());
    }
}
