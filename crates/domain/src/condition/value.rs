//! What a field is compared with, as it was read.

use chrono::NaiveDate;
use uuid::Uuid;

use crate::{quantity::Decimal, time::Instant};

/// What an operator compares with.
#[derive(Clone, Debug, PartialEq)]
pub enum Operand {
    /// Whether a value is known.
    Exists(bool),
    /// One value.
    One(Value),
    /// A list of values, never empty.
    Many(Vec<Value>),
    /// From one to another, both included.
    Between(Value, Value),
    /// Around a place.
    Near(Near),
}

/// A value that fits the type of its field.
#[derive(Clone, Debug, PartialEq)]
pub enum Value {
    /// Text as given and as it compares. Options, words and country codes are given as the catalogue writes them.
    Text {
        /// For people.
        given: String,
        /// For comparison.
        folded: String,
    },
    /// The id of another record.
    Id(Uuid),
    /// A whole number.
    Whole(i64),
    /// A decimal number.
    Decimal(Decimal),
    /// Minor units of a currency; of the organization's, if none is named.
    Money {
        /// Minor units.
        amount: i64,
        /// ISO 4217.
        currency: Option<String>,
    },
    /// Yes or no.
    Boolean(bool),
    /// A day.
    Day(Day),
    /// A moment, or a day of the organization.
    Moment(Moment),
}

/// A day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Day {
    /// A day of the calendar.
    On(NaiveDate),
    /// So many days before the organization's today; negative for days ahead.
    DaysAgo(i64),
}

/// A moment, or a day of the organization.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A moment.
    At(Instant),
    /// The whole day in the organization's time zone.
    On(NaiveDate),
    /// So many times 86,400 seconds before now; negative for ahead.
    DaysAgo(i64),
}

/// Around a place.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Near {
    /// Which place.
    pub of: Centre,
    /// At most how many kilometres away.
    pub km: Decimal,
}

/// The middle of a circle.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Centre {
    /// Where the organization is.
    Organization,
    /// A point.
    Point {
        /// Degrees north.
        latitude: Decimal,
        /// Degrees east.
        longitude: Decimal,
    },
}

/// How often something happened, both ends included.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Count {
    /// At least.
    pub min: i64,
    /// At most.
    pub max: Option<i64>,
}

impl Count {
    /// At least once.
    pub const ONCE: Self = Self { min: 1, max: None };

    /// Whether a number of times is meant.
    pub fn takes(self, times: i64) -> bool {
        times >= self.min && self.max.is_none_or(|max| times <= max)
    }
}
