//! Why a post may be spam. What is suspected is kept for people to look at, and makes no lead until they say so.

use serde::Serialize;
use serde_json::{Value, json};

use super::Protection;
use crate::{leads::RawLead, time::Instant};

/// One reason to take a post for spam.
#[derive(Clone, Debug, PartialEq, Serialize)]
pub struct Suspicion {
    /// A stable word.
    pub code: &'static str,
    /// The facts.
    pub params: Value,
}

impl Suspicion {
    /// A reason with its facts.
    pub const fn new(code: &'static str, params: Value) -> Self {
        Self { code, params }
    }
}

/// What came with a post in place of a token.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FillToken {
    /// Nothing.
    Missing,
    /// Something that was not made here for this form.
    Forged,
    /// The page was opened at this time.
    OpenedAt(Instant),
}

/// How long a page may be open before it is sent, in seconds.
pub const TOKEN_LASTS: i64 = 86_400;

impl Protection {
    /// Whether the input that people don't see was filled in.
    pub fn caught(&self, posted: &RawLead) -> Option<Suspicion> {
        let name = self.honeypot_field.as_ref()?;
        let value = posted.get(name).filter(|value| !is_blank(value))?;
        let length = value.as_str().map(|text| text.chars().count());
        Some(Suspicion::new("honeypot_filled", json!({"input": name, "length": length})))
    }

    /// Whether a person could have been so fast.
    pub fn hasty(&self, token: FillToken, now: Instant) -> Option<Suspicion> {
        if self.min_fill_seconds == 0 {
            return None;
        }
        let opened = match token {
            FillToken::Missing => return Some(Suspicion::new("form_token_missing", json!({}))),
            FillToken::Forged => return Some(Suspicion::new("form_token_invalid", json!({}))),
            FillToken::OpenedAt(at) => at,
        };
        let took = (now - opened).num_milliseconds();
        let least = i64::from(self.min_fill_seconds);
        if took < least * 1_000 {
            let params = json!({"seconds": took as f64 / 1_000.0, "least": least});
            return Some(Suspicion::new("filled_too_fast", params));
        }
        let expired = took > TOKEN_LASTS.max(least) * 1_000;
        expired.then(|| Suspicion::new("form_token_expired", json!({"lasts": TOKEN_LASTS})))
    }
}

fn is_blank(value: &Value) -> bool {
    match value {
        Value::Null | Value::Bool(false) => true,
        Value::String(text) => text.trim().is_empty(),
        Value::Array(values) => values.iter().all(is_blank),
        Value::Object(members) => members.values().all(is_blank),
        Value::Bool(true) | Value::Number(_) => false,
    }
}
