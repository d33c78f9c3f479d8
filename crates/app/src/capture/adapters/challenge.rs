//! Systems that ask whether an address is ours before they send anything to it.

use leadwright_domain::{
    capture::adapters::Adapter,
    fault::{Problem, Refusal},
};
use serde_json::json;

use super::proof::{hex, same};
use crate::{
    App,
    capture::{FoundForm, open_secret},
};

/// What a system asks with.
#[derive(Clone, Debug, Default)]
pub struct Asked {
    /// `hub.mode` of Meta.
    pub mode: Option<String>,
    /// `hub.verify_token` of Meta.
    pub verify_token: Option<String>,
    /// `hub.challenge` of Meta.
    pub challenge: Option<String>,
    /// `challengeCode` of LinkedIn.
    pub challenge_code: Option<String>,
}

/// The answer: its media type and its text. Nothing where the form's adapter has no questions.
///
/// # Errors
/// Somebody else asks, or the form does not know the secret yet.
pub fn challenge(app: &App, found: &FoundForm, asked: &Asked) -> Result<Option<(&'static str, String)>, Refusal> {
    let adapter = &found.form.settings.adapter;
    let organization = found.configuration.organization.id;
    let opened = |sealed: &Option<String>, what: &str| {
        let sealed = sealed.as_deref().ok_or_else(|| {
            Refusal::new(Problem::Forbidden, format!("The form has no {what} yet; set it, then ask again."))
        })?;
        open_secret(&app.secrets, organization, sealed)
            .map_err(|_| Refusal::new(Problem::Forbidden, format!("The form's {what} can't be opened; set it anew.")))
    };
    match adapter.kind {
        Adapter::MetaLeadAds => {
            let token = opened(&adapter.sealed_verify_token, "adapter_verify_token")?;
            let given = asked.verify_token.as_deref().unwrap_or_default();
            if asked.mode.as_deref() != Some("subscribe") || !same(given.as_bytes(), token.as_bytes()) {
                let detail = "hub.mode must be `subscribe`, and hub.verify_token the form's adapter_verify_token.";
                return Err(Refusal::new(Problem::Forbidden, detail));
            }
            Ok(Some(("text/plain; charset=utf-8", asked.challenge.clone().unwrap_or_default())))
        }
        Adapter::LinkedinLeadGen => {
            let secret = opened(&adapter.sealed_secret, "adapter_secret")?;
            let code = asked.challenge_code.as_deref().unwrap_or_default();
            let response = hex(&secret, &[code.as_bytes()]);
            Ok(Some(("application/json", json!({"challengeCode": code, "challengeResponse": response}).to_string())))
        }
        _ => Ok(None),
    }
}
