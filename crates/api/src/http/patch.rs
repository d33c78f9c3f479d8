//! Merge patch (RFC 7396): absent, `null` and a value are three different wishes.

use serde::{Deserialize, Deserializer};

/// Reads a member that can be cleared: absent is `None`, `null` is `Some(None)`. Use with `#[serde(default)]`.
///
/// # Errors
/// The value is not a `T`.
pub fn clearable<'de, D, T>(deserializer: D) -> Result<Option<Option<T>>, D::Error>
where
    D: Deserializer<'de>,
    T: Deserialize<'de>,
{
    Option::deserialize(deserializer).map(Some)
}
