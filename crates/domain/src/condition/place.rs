//! Distance in whole numbers: a point is three earth-centred coordinates in metres, and two points are near if the straight
//! line between them is short enough. Exact in memory and in both databases.

use crate::quantity::Decimal;

/// The mean radius of the earth in metres.
const RADIUS: f64 = 6_371_008.8;
/// Rounding to whole metres may move a point by less than this, in millionths of a degree of latitude.
const LATITUDE_SLACK: i64 = 50;

/// A point as whole metres from the centre of the earth: towards 0° 0°, towards 0° 90° east, towards the north pole.
pub fn earth_centred(latitude: Decimal, longitude: Decimal) -> [i64; 3] {
    let (north, east) = (latitude.to_f64().to_radians(), longitude.to_f64().to_radians());
    let metres = |share: f64| (RADIUS * share).round() as i64;
    [metres(north.cos() * east.cos()), metres(north.cos() * east.sin()), metres(north.sin())]
}

/// All points near another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Around {
    /// The middle, as [`earth_centred`] gives it.
    pub centre: [i64; 3],
    /// The square of the longest straight line, in square metres.
    pub chord_squared: i64,
    /// Outside these latitudes, in millionths of a degree, nothing is near; lets an index help.
    pub latitude: (i64, i64),
}

impl Around {
    /// All points at most so many kilometres from another.
    pub fn new(latitude: Decimal, longitude: Decimal, km: Decimal) -> Self {
        let angle = (km.to_f64() * 1_000.0 / RADIUS).max(0.0);
        let chord = 2.0 * RADIUS * (angle / 2.0).sin();
        let slack = (angle.to_degrees() * Decimal::SCALE as f64).ceil() as i64 + LATITUDE_SLACK;
        Self {
            centre: earth_centred(latitude, longitude),
            // Rounded points may be a little more than the girth apart.
            chord_squared: if angle < std::f64::consts::PI { (chord * chord).round() as i64 } else { i64::MAX },
            latitude: (latitude.micros() - slack, latitude.micros() + slack),
        }
    }

    /// Whether a point is near.
    pub fn holds(&self, point: [i64; 3]) -> bool {
        let squared: i64 = self.centre.iter().zip(point).map(|(centre, at)| (centre - at) * (centre - at)).sum();
        squared <= self.chord_squared
    }
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]
    use proptest::prelude::*;

    use super::*;

    fn degrees(number: f64) -> Decimal {
        Decimal::from_f64(number).unwrap()
    }

    fn haversine_km(a: (f64, f64), b: (f64, f64)) -> f64 {
        let half = |from: f64, to: f64| ((to - from).to_radians() / 2.0).sin().powi(2);
        let share = half(a.0, b.0) + a.0.to_radians().cos() * b.0.to_radians().cos() * half(a.1, b.1);
        2.0 * RADIUS / 1_000.0 * share.sqrt().min(1.0).asin()
    }

    proptest! {
        #[test]
        fn it_is_haversine_to_within_a_few_metres(
            a in (-90.0..90.0, -180.0..180.0), near in (-2.0..2.0, -2.0..2.0),
        ) {
            let b: (f64, f64) = (f64::clamp(a.0 + near.0, -90.0, 90.0), f64::clamp(a.1 + near.1, -180.0, 180.0));
            let km = haversine_km(a, b);
            let point = earth_centred(degrees(b.0), degrees(b.1));
            let around = |km: f64| Around::new(degrees(a.0), degrees(a.1), degrees(km.max(0.0)));
            prop_assert!(around(km + 0.005).holds(point));
            prop_assert!(km < 0.006 || !around(km - 0.005).holds(point));
            let (south, north) = around(km + 0.005).latitude;
            prop_assert!((south..=north).contains(&degrees(b.0).micros()), "the index would hide it");
        }
    }

    #[test]
    fn the_whole_earth_is_within_half_its_girth() {
        let all = Around::new(degrees(40.0), degrees(-74.0), degrees(20_100.0));
        assert!(all.holds(earth_centred(degrees(-40.0), degrees(106.0))));
    }
}
