//! A condition made plain for one moment and one organization: what memory asks and SQL binds.

use std::sync::Arc;

use uuid::Uuid;

use super::{Around, Count, Field};
use crate::{interactions::InteractionKind, time::Instant};

/// A condition made plain.
#[derive(Clone, Debug, PartialEq)]
pub enum Resolved {
    /// All of these hold; an empty list holds always.
    All(Vec<Resolved>),
    /// Any of these holds; an empty list never.
    Any(Vec<Resolved>),
    /// This does not hold.
    Not(Box<Resolved>),
    /// A field is as wished.
    Field(Arc<Field>, Check),
    /// The lead did something so and so often.
    Interaction(ResolvedInteraction),
}

/// An interaction test made plain. Interactions done by machines do not count.
#[derive(Clone, Debug, PartialEq)]
pub struct ResolvedInteraction {
    /// What the lead did.
    pub kind: InteractionKind,
    /// Which of these count.
    pub filter: Option<Box<Resolved>>,
    /// How often.
    pub count: Count,
    /// From when until when, both included; ever, if absent.
    pub within: Option<(Instant, Instant)>,
}

/// A test with operands that need only be bound. Of text they are folded, of decimals millionths, of days days since
/// 1970-01-01, of moments microseconds since then, of yes and no 1 and 0.
///
/// A missing value answers `false`, or `true` where `negated`.
#[derive(Clone, Debug, PartialEq)]
pub enum Check {
    /// The same for every lead, such as money in a currency that nobody converts.
    Constant(bool),
    /// A value is known, or missing.
    Exists(bool),
    /// Text (any of several) is one of these.
    Texts {
        /// Folded.
        any_of: Vec<String>,
        /// The exact negation.
        negated: bool,
    },
    /// The id is one of these.
    Ids {
        /// Ids.
        any_of: Vec<Uuid>,
        /// The exact negation.
        negated: bool,
    },
    /// The number is one of these.
    Numbers {
        /// Numbers.
        any_of: Vec<i64>,
        /// The exact negation.
        negated: bool,
    },
    /// The number is in a range, both ends included; an absent end is open. A range that runs backwards holds nothing.
    Range {
        /// At least.
        min: Option<i64>,
        /// At most.
        max: Option<i64>,
        /// The exact negation.
        negated: bool,
    },
    /// Text (any of several) holds this folded text.
    Contains(String),
    /// Text (any of several) begins with this folded text.
    StartsWith(String),
    /// The place is near.
    Near(Around),
}
