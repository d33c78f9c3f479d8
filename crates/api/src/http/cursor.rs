//! Cursors: sealed, and bound to the caller, the list, its filter and its sort.

use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use chrono::TimeDelta;
use leadwright_app::secrets::{Secrets, Use};
use leadwright_domain::{
    fault::{Problem, Refusal},
    time::Instant,
};
use serde::{Deserialize, Serialize, de::DeserializeOwned};

use super::ApiError;

/// How long a cursor is good for.
const GOOD_FOR: TimeDelta = TimeDelta::hours(24);

#[derive(Serialize, Deserialize)]
struct Inside<T> {
    until: i64,
    at: T,
}

/// Seals a position in a list. `list` names the list with everything that decides its order and content: caller,
/// filter, sort.
///
/// # Errors
/// The cryptographic library failed.
pub fn seal<T: Serialize>(secrets: &Secrets, list: &str, at: &T, now: Instant) -> Result<String, ApiError> {
    let inside = Inside { until: (now + GOOD_FOR).timestamp(), at };
    let plain = serde_json::to_vec(&inside).map_err(|_| ApiError::internal())?;
    let sealed = secrets.seal(Use::Cursors, list.as_bytes(), &plain).map_err(|_| ApiError::internal())?;
    Ok(URL_SAFE_NO_PAD.encode(sealed))
}

/// Opens a cursor of the same list.
///
/// # Errors
/// It is not one of ours, belongs to another list or caller, or has expired.
pub fn open<T: DeserializeOwned>(secrets: &Secrets, list: &str, cursor: &str, now: Instant) -> Result<T, ApiError> {
    let invalid = || {
        let detail =
            "Start again without `cursor`: this one has expired, or belongs to another list, filter, sort or caller.";
        ApiError::from(Refusal::new(Problem::InvalidCursor, detail))
    };
    let sealed = URL_SAFE_NO_PAD.decode(cursor).map_err(|_| invalid())?;
    let plain = secrets.open(Use::Cursors, list.as_bytes(), &sealed).map_err(|_| invalid())?;
    let inside: Inside<T> = serde_json::from_slice(&plain).map_err(|_| invalid())?;
    if inside.until < now.timestamp() { Err(invalid()) } else { Ok(inside.at) }
}
