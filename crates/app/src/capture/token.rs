//! Signed tokens that tell when the page of a form was opened.

use chrono::DateTime;
use leadwright_domain::{
    capture::{FillToken, TOKEN_INPUT},
    ids::CaptureFormId,
    leads::RawLead,
    time::Instant,
};
use serde_json::Value;

use crate::secrets::{SecretError, Secrets, Use};

/// A token for a page that is opened now. It tells nothing, and is good for its form only.
///
/// # Errors
/// The cryptographic library failed.
pub fn fill_token(secrets: &Secrets, form: CaptureFormId, now: Instant) -> Result<String, SecretError> {
    secrets.seal_text(Use::FormTokens, form.uuid().as_bytes(), &now.timestamp_millis().to_string())
}

/// What came with a post.
pub(super) fn read(secrets: &Secrets, form: CaptureFormId, posted: &RawLead) -> FillToken {
    let token = match posted.get(TOKEN_INPUT) {
        Some(Value::String(token)) if !token.trim().is_empty() => token.trim(),
        _ => return FillToken::Missing,
    };
    let opened = secrets.open_text(Use::FormTokens, form.uuid().as_bytes(), token).ok();
    let at = opened.and_then(|millis| DateTime::from_timestamp_millis(millis.parse().ok()?));
    at.map_or(FillToken::Forged, FillToken::OpenedAt)
}
