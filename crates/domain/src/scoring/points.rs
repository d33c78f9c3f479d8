//! Points in whole hundredths, and how they fade. No float takes part, so that every machine gives the same score.

use std::{
    fmt,
    iter::Sum,
    ops::{Add, AddAssign, Neg, Sub},
};

use serde::{Deserialize, Deserializer, Serialize, Serializer};

/// Points with two decimals, kept as hundredths. In JSON a number.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Points(i64);

impl Points {
    /// No points.
    pub const ZERO: Self = Self(0);

    /// Whole points.
    pub const fn whole(points: i64) -> Self {
        Self(points * 100)
    }

    /// From hundredths.
    pub const fn from_hundredths(hundredths: i64) -> Self {
        Self(hundredths)
    }

    /// In hundredths.
    pub const fn hundredths(self) -> i64 {
        self.0
    }

    /// The nearest whole number; a half goes up (12.5 is 13, −0.5 is 0).
    pub const fn rounded(self) -> i64 {
        (self.0 + 50).div_euclid(100)
    }

    /// What is left of the points after `age` days, when they halve every `half_life` days: points × 2^(−age/half-life),
    /// rounded half away from zero to a hundredth (spec SCO-1a).
    pub fn after(self, age: u32, half_life: u32) -> Self {
        let Some(halvings) = age.checked_div(half_life) else { return self };
        if halvings > 62 {
            return Self::ZERO;
        }
        let rest = power_of_half(age % half_life, half_life);
        let exact = u128::from(self.0.unsigned_abs()) * u128::from(rest);
        let shift = ONE_BITS + halvings;
        let rounded = ((exact + (1 << (shift - 1))) >> shift) as i64;
        Self(rounded * self.0.signum())
    }
}

/// Binary places of the factors below.
const ONE_BITS: u32 = 62;
/// Binary places of an exponent: 2^−48 of a half-life is far below what a hundredth of a point can show.
const EXPONENT_BITS: u32 = 48;
/// 2^(−1/2), 2^(−1/4), 2^(−1/8) …, each the root of the one before.
const ROOTS: [u64; EXPONENT_BITS as usize] = {
    let mut roots = [0; EXPONENT_BITS as usize];
    let mut last: u128 = 1 << (ONE_BITS - 1);
    let mut i = 0;
    while i < roots.len() {
        last = (last << ONE_BITS).isqrt();
        roots[i] = last as u64;
        i += 1;
    }
    roots
};

/// 2^(−part/whole) with [`ONE_BITS`] binary places, for `part` below `whole`.
///
/// A part of 0 gives exactly one; any other gives an irrational number, which is never half a hundredth, so that an error
/// of some 2^−45 cannot turn a rounding.
fn power_of_half(part: u32, whole: u32) -> u64 {
    let exponent = ((u128::from(part) << EXPONENT_BITS) / u128::from(whole)) as u64;
    let mut power: u64 = 1 << ONE_BITS;
    for (i, root) in ROOTS.iter().enumerate() {
        if exponent >> (EXPONENT_BITS as usize - 1 - i) & 1 == 1 {
            power = ((u128::from(power) * u128::from(*root)) >> ONE_BITS) as u64;
        }
    }
    power
}

impl Add for Points {
    type Output = Self;
    fn add(self, other: Self) -> Self {
        Self(self.0.saturating_add(other.0))
    }
}
impl AddAssign for Points {
    fn add_assign(&mut self, other: Self) {
        *self = *self + other;
    }
}
impl Sub for Points {
    type Output = Self;
    fn sub(self, other: Self) -> Self {
        Self(self.0.saturating_sub(other.0))
    }
}
impl Neg for Points {
    type Output = Self;
    fn neg(self) -> Self {
        Self(self.0.saturating_neg())
    }
}
impl Sum for Points {
    fn sum<I: Iterator<Item = Self>>(points: I) -> Self {
        points.fold(Self::ZERO, Add::add)
    }
}

impl fmt::Display for Points {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let sign = if self.0 < 0 { "-" } else { "" };
        let (whole, part) = (self.0.unsigned_abs() / 100, self.0.unsigned_abs() % 100);
        match part {
            0 => write!(f, "{sign}{whole}"),
            part => write!(f, "{sign}{whole}.{part:02}"),
        }
    }
}

impl Serialize for Points {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        if self.0 % 100 == 0 {
            serializer.serialize_i64(self.0 / 100)
        } else {
            serializer.serialize_f64(self.0 as f64 / 100.0)
        }
    }
}

impl<'de> Deserialize<'de> for Points {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let points = f64::deserialize(deserializer)?;
        if points.abs() > 1e9 {
            return Err(serde::de::Error::custom("more points than there can be"));
        }
        Ok(Self((points * 100.0).round() as i64))
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn points_halve_with_every_half_life() {
        assert_eq!(Points::whole(2).after(0, 30), Points::whole(2));
        assert_eq!(Points::whole(2).after(30, 30), Points::whole(1));
        assert_eq!(Points::whole(25).after(90, 90).to_string(), "12.50");
        assert_eq!(Points::whole(25).after(45, 90).to_string(), "17.68");
        assert_eq!(Points::whole(10).after(1, 30).to_string(), "9.77");
    }

    #[test]
    fn half_a_hundredth_goes_away_from_zero() {
        assert_eq!(Points::whole(1).after(3, 1).hundredths(), 13, "12.5");
        assert_eq!(Points::whole(-1).after(3, 1).hundredths(), -13, "-12.5");
        assert_eq!(Points::from_hundredths(1).after(1, 1).hundredths(), 1, "0.5");
        assert_eq!(Points::from_hundredths(1).after(2, 1), Points::ZERO, "0.25");
    }

    #[test]
    fn the_oldest_interaction_and_the_strangest_half_life_do_no_harm() {
        assert_eq!(Points::whole(100).after(u32::MAX, 1), Points::ZERO);
        assert_eq!(Points::whole(100).after(u32::MAX - 1, u32::MAX), Points::whole(50));
        assert_eq!(Points::whole(100).after(5, 0), Points::whole(100), "no half-life, no fading");
    }

    #[test]
    fn a_component_rounds_its_half_up() {
        let rounded = |hundredths| Points::from_hundredths(hundredths).rounded();
        assert_eq!((rounded(1250), rounded(1249), rounded(1251)), (13, 12, 13));
        assert_eq!((rounded(-50), rounded(-51), rounded(0)), (0, -1, 0));
    }

    #[test]
    fn points_read_as_they_are_written() {
        for hundredths in [0, 1, -1, 250, -1250, 1768, 4000] {
            let points = Points::from_hundredths(hundredths);
            let json = serde_json::to_string(&points).unwrap();
            assert_eq!(serde_json::from_str::<Points>(&json).unwrap(), points, "{json}");
        }
        assert_eq!(serde_json::to_string(&Points::whole(5)).unwrap(), "5");
        assert_eq!(serde_json::to_string(&Points::from_hundredths(-1250)).unwrap(), "-12.5");
    }

    proptest! {
        /// Against floats, with room for their own error beside a half.
        #[test]
        fn fading_agrees_with_the_formula(points in -100i64..=100, age in 0u32..2000, half_life in 1u32..800) {
            let exact = points as f64 * 100.0 * (-f64::from(age) / f64::from(half_life)).exp2();
            let got = Points::whole(points).after(age, half_life).hundredths() as f64;
            prop_assert!((got - exact).abs() <= 0.5 + 1e-9, "{got} for {exact}");
            let whole = exact.abs().trunc();
            if (exact.abs() - whole - 0.5).abs() > 1e-9 {
                prop_assert_eq!(got, exact.round());
            }
        }

        #[test]
        fn older_is_never_worth_more(points in 0i64..=100, age in 0u32..2000, half_life in 1u32..800) {
            let points = Points::whole(points);
            prop_assert!(points.after(age + 1, half_life) <= points.after(age, half_life));
        }
    }
}
