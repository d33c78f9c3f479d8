//! Random leads, interactions and conditions, for tests that two interpreters agree. Everything is drawn from small pools
//! full of traps (quotes, wildcards, accents, borders of days), so that tests hit and miss in turn. The randomness is the
//! caller's: the same rolls make the same leads.

mod conditions;
mod coverage;
mod leads;
mod organization;
mod pools;

pub use conditions::Conditions;
pub use coverage::{Cell, Coverage};
pub use leads::{Sample, sample};
pub use organization::{custom_fields, now, organization};
pub use pools::{OWNERS, SOURCE_CODES, TEAMS};

/// Turns rolls into choices.
pub(super) struct Dice<'a>(&'a mut dyn FnMut() -> u64);

impl Dice<'_> {
    fn below(&mut self, sides: usize) -> usize {
        usize::try_from((self.0)() % (sides.max(1) as u64)).unwrap_or(0)
    }

    fn one_in(&mut self, sides: usize) -> bool {
        self.below(sides) == 0
    }

    /// One of a pool, which is never empty.
    fn pick<'p, T>(&mut self, pool: &'p [T]) -> &'p T {
        &pool[self.below(pool.len())]
    }

    /// One of a pool, or nothing.
    fn maybe<T: Clone>(&mut self, pool: &[T]) -> Option<T> {
        if self.one_in(2) { None } else { Some(self.pick(pool).clone()) }
    }

    fn maybe_text(&mut self, pool: &[&str]) -> Option<String> {
        self.maybe(pool).map(str::to_owned)
    }

    /// Nothing, or one to three of a pool.
    fn several(&mut self, pool: &[&str]) -> Vec<String> {
        let many = if self.one_in(3) { 0 } else { 1 + self.below(3) };
        let mut chosen: Vec<String> = (0..many).map(|_| (*self.pick(pool)).to_owned()).collect();
        chosen.sort();
        chosen.dedup();
        chosen
    }
}
