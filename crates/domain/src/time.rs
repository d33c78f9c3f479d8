//! Instants, as both databases keep them: UTC, whole microseconds.

use chrono::{DateTime, SubsecRound, Utc};

/// A moment in UTC.
pub type Instant = DateTime<Utc>;

/// Cuts an instant to microseconds, the finest that PostgreSQL keeps, so that what was written equals what is read.
pub fn truncated(at: Instant) -> Instant {
    at.trunc_subsecs(6)
}

/// The one text form of an instant: RFC 3339 in UTC with `Z` and as few decimals as it needs.
pub fn to_rfc3339(at: Instant) -> String {
    at.to_rfc3339_opts(chrono::SecondsFormat::AutoSi, true)
}
