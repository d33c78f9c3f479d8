//! What values are drawn from, for leads and conditions alike.

use crate::ids::{TeamId, UserId};
use uuid::Uuid;

const fn uuid(last: u64) -> Uuid {
    Uuid::from_u64_pair(0x0195_8e2c_5c00_7000, 0x8000_0000_0000_0000 + last)
}

/// The users that own random leads.
pub const OWNERS: [UserId; 3] = [UserId::from_uuid(uuid(1)), UserId::from_uuid(uuid(2)), UserId::from_uuid(uuid(3))];
/// The teams that random leads belong to.
pub const TEAMS: [TeamId; 2] = [TeamId::from_uuid(uuid(11)), TeamId::from_uuid(uuid(12))];
/// The codes of the sources of random leads.
pub const SOURCE_CODES: [&str; 3] = ["website", "trade_show", "referral"];

/// Whole texts.
pub(super) const TEXTS: [&str; 14] = [
    "Acme",
    "ACME  GmbH",
    "École Normale",
    "ecole normale",
    "Straße 5",
    "STRASSE 5",
    "O'Brien \"Bob\"",
    "100%",
    "a_b",
    "back\\slash",
    "🚀 rocket",
    "x'; --",
    "{\"a\": [1]}",
    "contact",
];
/// Texts in which `_`, `-` and spaces mean the same.
pub(super) const LABELS: [&str; 7] =
    ["marketing", "public_relations", "Public Relations", "R&D", "Größe-M", "50% off", "it's"];
/// Parts and beginnings of texts.
pub(super) const PARTS: [&str; 14] =
    ["acme", "É", "ss", "%", "_", "\\", "'", "\"", "🚀", "normale", "a", "public r", "{\"a\"", "utm"];
/// Parts and beginnings of labels.
pub(super) const LABEL_PARTS: [&str; 9] = ["market", "PUBLIC-r", "relations", "and", "&", "%", "'", "ö", "s"];
/// Countries.
pub(super) const COUNTRIES: [&str; 4] = ["US", "DE", "FR", "CA"];
/// Whole numbers.
pub(super) const WHOLES: [i64; 9] = [-3, 0, 1, 2, 5, 30, 50, 75, 100];
/// Minor units.
pub(super) const AMOUNTS: [i64; 5] = [0, 99, 100_000_000, 500_000_000, 1_200_000_000];
/// Decimal numbers.
pub(super) const DECIMALS: [f64; 7] = [-3.5, 0.0, 0.000_001, 0.1, 5.0, 20.0, 20.000_001];
/// Days, some of which are those of moments.
pub(super) const DAYS: [&str; 7] =
    ["1969-12-31", "2026-02-13", "2026-03-07", "2026-03-08", "2026-03-09", "2026-03-15", "2026-04-14"];
/// Moments at the borders of local days in New York, where clocks jump on 2026-03-08, and of days counted from now.
pub(super) const MOMENTS: [&str; 12] = [
    "1969-12-31T23:59:59.999999Z",
    "2026-02-13T11:59:59.999999Z",
    "2026-02-13T12:00:00Z",
    "2026-03-08T04:59:59.999999Z",
    "2026-03-08T05:00:00Z",
    "2026-03-09T03:59:59.999999Z",
    "2026-03-09T04:00:00Z",
    "2026-03-14T12:00:00Z",
    "2026-03-15T11:59:59.999999Z",
    "2026-03-15T12:00:00Z",
    "2026-04-14T12:00:00Z",
    "2026-04-14T12:00:00.000001Z",
];
/// Days counted from now.
pub(super) const RELATIVE: [i64; 5] = [0, 1, 7, 30, 90];
/// Places: near, less near and far, a pole and both sides of the date line.
pub(super) const PLACES: [(f64, f64); 8] = [
    (40.7128, -74.006),
    (40.7357, -74.1724),
    (39.9526, -75.1652),
    (51.5074, -0.1278),
    (-17.0, 179.99),
    (-17.0, -179.99),
    (90.0, 0.0),
    (-33.8688, 151.2093),
];
/// Distances in kilometres.
pub(super) const KILOMETRES: [f64; 7] = [0.001, 2.2, 16.0, 129.6, 160.934, 5_570.0, 20_100.0];
