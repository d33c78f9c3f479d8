//! The one condition language (spec section 3): which leads are meant, said once and understood the same in memory and in
//! both databases.
//!
//! A condition is read against a [`Catalogue`] of typed fields ([`Condition::parse`]), so that what is kept can only be
//! sensible. Before it is asked, it is [resolved](Condition::resolve): relative instants, local days and the
//! organization's own place become plain numbers, and every test becomes one of a few [`Check`]s. Memory asks the
//! [`Resolved`] form of one lead; SQL binds its operands and asks it of many.
//!
//! Logic is two-valued. A missing value makes every test false except `ne` and `not_in`, the exact negations of `eq` and
//! `in`, and `exists: false`. Fields that hold several values are tested any-of. Text compares folded
//! ([`crate::text::fold`]). Interactions done by machines never count.

mod catalogue;
mod check;
mod columns;
mod facts;
mod lead_fields;
mod local_day;
mod matching;
mod needs;
mod op;
mod parse;
mod part_fields;
mod place;
mod resolve;
mod value;
mod write;

#[cfg(any(test, feature = "arbitrary"))]
pub mod arbitrary;
#[cfg(test)]
mod tests;

use std::sync::Arc;

pub use catalogue::{Catalogue, Field, FieldType, Of, Storage};
pub use check::{Check, Resolved, ResolvedInteraction};
pub use facts::{facts, interaction_facts};
pub use matching::Subject;
pub use needs::Needs;
pub use op::Op;
pub use place::{Around, earth_centred};
pub use resolve::Frame;
pub use value::{Centre, Count, Day, Moment, Near, Operand, Value};

use crate::interactions::InteractionKind;

/// The most nodes in a condition.
pub const MAX_NODES: usize = 100;
/// The deepest nesting of a condition.
pub const MAX_DEPTH: usize = 8;
/// The most values in a condition.
pub const MAX_VALUES: usize = 1_000;
/// The most interaction tests in a condition.
pub const MAX_INTERACTION_TESTS: usize = 5;

/// Which leads are meant.
#[derive(Clone, Debug, PartialEq)]
pub enum Condition {
    /// All of these hold; an empty list holds for every lead.
    All(Vec<Condition>),
    /// Any of these holds; an empty list holds for none.
    Any(Vec<Condition>),
    /// This does not hold.
    Not(Box<Condition>),
    /// A field is as wished.
    Field(FieldTest),
    /// The lead did something so and so often.
    Interaction(InteractionTest),
}

/// A field is as wished.
#[derive(Clone, Debug, PartialEq)]
pub struct FieldTest {
    /// Which field.
    pub field: Arc<Field>,
    /// How it is compared.
    pub op: Op,
    /// With what; fits the operator and the type of the field.
    pub operand: Operand,
}

/// The lead did something so and so often.
#[derive(Clone, Debug, PartialEq)]
pub struct InteractionTest {
    /// What it did.
    pub kind: InteractionKind,
    /// Which of these count; tests `interaction.*` fields only.
    pub filter: Option<Box<Condition>>,
    /// How often.
    pub count: Count,
    /// In how many days of 86,400 seconds before now; ever, if absent.
    pub within_days: Option<i64>,
}

impl Condition {
    /// The condition that holds for every lead.
    pub const fn everything() -> Self {
        Self::All(Vec::new())
    }

    /// Shows every field test, those on interactions included.
    pub fn each_field_test<'a>(&'a self, see: &mut impl FnMut(&'a FieldTest)) {
        match self {
            Self::All(parts) | Self::Any(parts) => parts.iter().for_each(|part| part.each_field_test(see)),
            Self::Not(part) => part.each_field_test(see),
            Self::Field(test) => see(test),
            Self::Interaction(test) => {
                if let Some(filter) = &test.filter {
                    filter.each_field_test(see);
                }
            }
        }
    }
}
