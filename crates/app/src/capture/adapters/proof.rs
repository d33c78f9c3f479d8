//! Whether a body comes from the system whose secret the form knows. Signatures cover the bytes as they came.

use std::collections::HashMap;

use aws_lc_rs::hmac;
use base64::{Engine, engine::general_purpose::STANDARD};
use leadwright_domain::{
    capture::adapters::{Adapter, google_keys},
    fault::{Problem, Refusal},
};
use serde_json::Value;
use subtle::ConstantTimeEq;

/// The headers in which proofs come, in lower case.
pub const PROOF_HEADERS: [&str; 9] = [
    "x-hub-signature-256",
    "x-li-signature",
    "typeform-signature",
    "x-webflow-signature",
    "x-webflow-timestamp",
    "tally-signature",
    "calendly-webhook-signature",
    SECRET_HEADER,
    "authorization",
];

/// The header in which systems that sign nothing send the secret itself.
const SECRET_HEADER: &str = "x-capture-secret";

/// What a sender shows.
#[derive(Clone, Debug, Default)]
pub struct Shown {
    /// The headers of [`PROOF_HEADERS`] that came.
    pub headers: HashMap<&'static str, String>,
    /// The parameter `secret` of the address, for systems that can set nothing else.
    pub secret: Option<String>,
}

/// Checks what the sender shows, if the form knows a secret.
///
/// # Errors
/// It is missing (401) or wrong (403).
pub(super) fn check(adapter: Adapter, secret: &str, shown: &Shown, raw: &[u8], body: &Value) -> Result<(), Refusal> {
    let header = |name: &'static str| shown.headers.get(name).map(String::as_str).ok_or_else(|| missing(name));
    let right = match adapter {
        Adapter::GoogleAds => {
            let keys = google_keys(body);
            if keys.iter().any(Option::is_none) {
                return Err(missing("google_key"));
            }
            keys.iter().flatten().all(|key| same(key.as_bytes(), secret.as_bytes()))
        }
        Adapter::MetaLeadAds => is_hex(header("x-hub-signature-256")?, "sha256=", secret, &[raw]),
        Adapter::LinkedinLeadGen => {
            let given = header("x-li-signature")?;
            // Documents differ in whether the prefix is signed.
            is_hex(given, "hmacsha256=", secret, &[raw]) | is_hex(given, "hmacsha256=", secret, &[b"hmacsha256=", raw])
        }
        Adapter::Typeform => is_base64(header("typeform-signature")?, "sha256=", secret, raw),
        Adapter::Tally => is_base64(header("tally-signature")?, "", secret, raw),
        Adapter::Webflow => {
            let (given, time) = (header("x-webflow-signature")?, header("x-webflow-timestamp")?);
            is_hex(given, "", secret, &[time.as_bytes(), b":", raw])
        }
        Adapter::Calendly => {
            let given = header("calendly-webhook-signature")?;
            let part =
                |name: &str| given.split(',').find_map(|part| part.trim().strip_prefix(name)).unwrap_or_default();
            is_hex(part("v1="), "", secret, &[part("t=").as_bytes(), b".", raw])
        }
        _ => {
            let bearer = shown.headers.get("authorization").and_then(|value| value.strip_prefix("Bearer "));
            let given = shown.headers.get(SECRET_HEADER).map(String::as_str).or(bearer).or(shown.secret.as_deref());
            same(given.ok_or_else(no_secret)?.as_bytes(), secret.as_bytes())
        }
    };
    if right { Ok(()) } else { Err(wrong()) }
}

fn missing(what: &str) -> Refusal {
    let detail = format!("The form has an adapter_secret, and `{what}` is missing; nothing was recorded.");
    Refusal::new(Problem::Unauthorized, detail)
}

/// Some systems can set a header, others only the address.
fn no_secret() -> Refusal {
    let detail = "The form has an adapter_secret, and it is missing: send it as the header `X-Capture-Secret`, as a bearer \
                  token, or as `?secret=…` behind the address; nothing was recorded.";
    Refusal::new(Problem::Unauthorized, detail)
}

fn wrong() -> Refusal {
    let detail = "The key or signature does not fit the form's adapter_secret; nothing was recorded.";
    Refusal::new(Problem::Forbidden, detail)
}

/// Compares in a time that tells nothing of where they differ.
pub(super) fn same(given: &[u8], wanted: &[u8]) -> bool {
    given.ct_eq(wanted).into()
}

fn signed(secret: &str, parts: &[&[u8]]) -> hmac::Tag {
    let mut context = hmac::Context::with_key(&hmac::Key::new(hmac::HMAC_SHA256, secret.as_bytes()));
    parts.iter().for_each(|part| context.update(part));
    context.sign()
}

/// The HMAC in hexadecimal digits.
pub(super) fn hex(secret: &str, parts: &[&[u8]]) -> String {
    signed(secret, parts).as_ref().iter().map(|byte| format!("{byte:02x}")).collect()
}

fn is_hex(given: &str, prefix: &str, secret: &str, parts: &[&[u8]]) -> bool {
    let given = given.trim();
    let given = given.strip_prefix(prefix).unwrap_or(given).to_ascii_lowercase();
    same(given.as_bytes(), hex(secret, parts).as_bytes())
}

fn is_base64(given: &str, prefix: &str, secret: &str, raw: &[u8]) -> bool {
    let given = given.trim();
    let given = given.strip_prefix(prefix).unwrap_or(given);
    same(given.as_bytes(), STANDARD.encode(signed(secret, &[raw])).as_bytes())
}
