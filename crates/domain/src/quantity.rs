//! Numbers that must mean the same in memory and in both databases: everything is a whole number underneath.

use std::fmt;

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// A decimal number with six places, kept as a whole number of millionths.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Decimal(i64);

impl Decimal {
    /// Millionths in one.
    pub const SCALE: i64 = 1_000_000;

    /// From millionths, as stored.
    pub const fn from_micros(micros: i64) -> Self {
        Self(micros)
    }

    /// Millionths, for storage and comparison.
    pub const fn micros(self) -> i64 {
        self.0
    }

    /// The nearest decimal to a float; `None` where it does not fit or is not a number.
    pub fn from_f64(number: f64) -> Option<Self> {
        let scaled = (number * Self::SCALE as f64).round();
        (scaled.is_finite() && scaled.abs() < 9.0e18).then_some(Self(scaled as i64))
    }

    /// The number as a float, for output and geometry.
    pub fn to_f64(self) -> f64 {
        self.0 as f64 / Self::SCALE as f64
    }
}

impl fmt::Display for Decimal {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}", self.to_f64())
    }
}

impl Serialize for Decimal {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.serialize_f64(self.to_f64())
    }
}

impl<'de> Deserialize<'de> for Decimal {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let number = f64::deserialize(deserializer)?;
        Self::from_f64(number).ok_or_else(|| serde::de::Error::custom("a number that fits"))
    }
}

/// A whole number or a range of them, such as a number of employees. `max` is `None` for an open range (`1000+`).
/// Conditions test `min`.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct WholeRange {
    /// The least it can be.
    pub min: i64,
    /// The most it can be; equal to `min` for an exact number.
    pub max: Option<i64>,
}

impl WholeRange {
    /// An exact number.
    pub const fn exactly(number: i64) -> Self {
        Self { min: number, max: Some(number) }
    }

    /// Reads `75`, `50-100`, `50 – 100`, `1,000-5,000` and `1000+`. `None` where it is none of them or runs backwards.
    pub fn parse(text: &str) -> Option<Self> {
        let whole = |part: &str| {
            let digits: String = part.chars().filter(|c| !matches!(c, ',' | ' ' | '\u{a0}' | '_' | '\'')).collect();
            (!digits.is_empty() && digits.len() <= 18 && digits.bytes().all(|b| b.is_ascii_digit()))
                .then(|| digits.parse::<i64>().ok())
                .flatten()
        };
        let text = text.trim();
        if let Some(open) = text.strip_suffix('+') {
            return Some(Self { min: whole(open)?, max: None });
        }
        match text.split_once(['-', '–', '—']) {
            None => whole(text).map(Self::exactly),
            Some((min, max)) => {
                let range = Self { min: whole(min)?, max: Some(whole(max)?) };
                (range.max >= Some(range.min)).then_some(range)
            }
        }
    }
}

impl fmt::Display for WholeRange {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.max {
            Some(max) if max == self.min => write!(f, "{max}"),
            Some(max) => write!(f, "{}-{max}", self.min),
            None => write!(f, "{}+", self.min),
        }
    }
}

impl Serialize for WholeRange {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.max == Some(self.min) { serializer.serialize_i64(self.min) } else { serializer.collect_str(self) }
    }
}

impl<'de> Deserialize<'de> for WholeRange {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        #[derive(Deserialize)]
        #[serde(untagged)]
        enum Shape {
            Number(i64),
            Text(String),
        }
        match Shape::deserialize(deserializer)? {
            Shape::Number(number) => Ok(Self::exactly(number)),
            Shape::Text(text) => Self::parse(&text).ok_or_else(|| serde::de::Error::custom("a number or a range")),
        }
    }
}

/// An amount of money, or a range, in minor units of one currency.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Money {
    /// Minor units (cents); of a range, the least.
    pub amount: i64,
    /// Minor units; the most of a range. Absent for an exact amount.
    #[serde(skip_serializing_if = "Option::is_none", default)]
    pub max_amount: Option<i64>,
    /// ISO 4217, upper case.
    pub currency: String,
}
