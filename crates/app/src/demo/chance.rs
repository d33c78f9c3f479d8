//! Chance that falls the same way every time.

/// What all chance of the demonstration begins with.
const SEED: u64 = 0x5EED_1EAD_2026_0001;

/// A sequence of numbers (SplitMix64): small, and the same with every version of every library.
#[derive(Clone, Debug)]
pub(super) struct Chance(u64);

impl Chance {
    /// The chance of one subject. Each has its own, so that what is told of one changes nothing for the others.
    pub(super) fn of(kind: u64, number: usize) -> Self {
        let mut chance = Self(SEED ^ (kind << 48) ^ number as u64);
        Self(chance.next())
    }

    fn next(&mut self) -> u64 {
        self.0 = self.0.wrapping_add(0x9E37_79B9_7F4A_7C15);
        let mixed = (self.0 ^ (self.0 >> 30)).wrapping_mul(0xBF58_476D_1CE4_E5B9);
        let mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94D0_49BB_1331_11EB);
        mixed ^ (mixed >> 31)
    }

    /// A number from one to another, both included.
    pub(super) fn between(&mut self, least: i64, most: i64) -> i64 {
        let span = most.saturating_sub(least).unsigned_abs() + 1;
        least + i64::try_from(self.next() % span).unwrap_or(0)
    }

    /// True so many times out of a hundred.
    pub(super) fn percent(&mut self, percent: i64) -> bool {
        self.between(0, 99) < percent
    }

    /// One of these.
    pub(super) fn pick<'t, T>(&mut self, from: &'t [T]) -> &'t T {
        let last = i64::try_from(from.len()).unwrap_or(1) - 1;
        &from[usize::try_from(self.between(0, last)).unwrap_or(0)]
    }

    /// One of these, each as often as its weight says.
    pub(super) fn weighed<'t, T>(&mut self, from: &'t [(T, i64)]) -> &'t T {
        let mut left = self.between(0, from.iter().map(|(_, weight)| weight).sum::<i64>() - 1);
        let found = from.iter().find(|(_, weight)| {
            left -= weight;
            left < 0
        });
        &found.unwrap_or(&from[0]).0
    }

    /// Some of these, in their order.
    pub(super) fn some<T: Clone>(&mut self, from: &[T], percent: i64) -> Vec<T> {
        from.iter().filter(|_| self.percent(percent)).cloned().collect()
    }
}
