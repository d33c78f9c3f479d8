//! Counts what random pairs have covered, so that a test can say that it tested something.

use std::collections::BTreeMap;

use super::conditions::choices;
use crate::condition::{Catalogue, Condition, Of, Op, Subject};

/// A type, an operator, and whether the value was missing.
pub type Cell = (&'static str, Op, bool);

/// What pairs of conditions and leads have covered.
#[derive(Clone, Debug)]
pub struct Coverage {
    /// How often each cell came up; those that never did are 0.
    pub cells: BTreeMap<Cell, usize>,
    /// How many conditions held.
    pub held: usize,
    /// How many did not.
    pub failed: usize,
}

impl Coverage {
    /// Nothing so far, of everything that a catalogue allows.
    pub fn new(catalogue: &Catalogue) -> Self {
        let choices = choices(catalogue, Of::Lead);
        let both = choices.iter().flat_map(|one| [((one.kind, one.op, false), 0), ((one.kind, one.op, true), 0)]);
        Self { cells: both.collect(), held: 0, failed: 0 }
    }

    /// Counts a pair and its answer.
    pub fn count(&mut self, condition: &Condition, subject: &Subject, held: bool) {
        *(if held { &mut self.held } else { &mut self.failed }) += 1;
        condition.each_field_test(&mut |test| {
            if test.field.of == Of::Lead {
                let cell = (test.field.kind.name(), test.op, test.field.is_missing(subject));
                *self.cells.entry(cell).or_default() += 1;
            }
        });
    }

    /// The cells that came up less often than this.
    pub fn below(&self, times: usize) -> Vec<(Cell, usize)> {
        self.cells.iter().filter(|(_, count)| **count < times).map(|(cell, count)| (*cell, *count)).collect()
    }
}
