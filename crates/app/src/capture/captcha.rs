//! Asking whether a CAPTCHA was solved. Turnstile, hCaptcha and reCAPTCHA share one question and one answer.

use std::{net::IpAddr, sync::OnceLock, time::Duration};

use leadwright_domain::{
    capture::{CAPTCHA_INPUTS, Captcha, CaptchaProvider, Suspicion},
    ids::OrganizationId,
    leads::RawLead,
};
use moka::future::Cache;
use serde::Deserialize;
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::open_secret;
use crate::App;

/// The longest answer of a verifier that is read.
const LONGEST_ANSWER: usize = 64 * 1024;
/// The longest token that is passed on; reCAPTCHA's are the longest, at about 2,000 characters.
const LONGEST_TOKEN: usize = 8_192;
/// How long a verdict is remembered, so that the same post sent twice is not taken for a token used twice.
const REMEMBERED: Duration = Duration::from_secs(120);

/// Where verifiers are asked. Only operators set these addresses: a form chooses among them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct VerifierSettings {
    /// Cloudflare Turnstile.
    pub turnstile_url: String,
    /// hCaptcha.
    pub hcaptcha_url: String,
    /// Google reCAPTCHA.
    pub recaptcha_url: String,
    /// How long to wait for a verdict.
    pub timeout: Duration,
}

impl Default for VerifierSettings {
    fn default() -> Self {
        Self {
            turnstile_url: "https://challenges.cloudflare.com/turnstile/v0/siteverify".to_owned(),
            hcaptcha_url: "https://api.hcaptcha.com/siteverify".to_owned(),
            recaptcha_url: "https://www.google.com/recaptcha/api/siteverify".to_owned(),
            timeout: Duration::from_secs(5),
        }
    }
}

/// Asks verifiers.
#[derive(Debug)]
pub struct Verifier {
    settings: VerifierSettings,
    client: OnceLock<Option<reqwest::Client>>,
    verdicts: Cache<[u8; 32], Option<Suspicion>>,
}

impl Default for Verifier {
    fn default() -> Self {
        Self::new(VerifierSettings::default())
    }
}

/// What all three answer.
#[derive(Debug, Deserialize)]
struct Answer {
    success: bool,
    score: Option<f64>,
    action: Option<String>,
    hostname: Option<String>,
    #[serde(rename = "error-codes", default)]
    errors: Vec<String>,
}

impl Verifier {
    /// A verifier that asks there.
    pub fn new(settings: VerifierSettings) -> Self {
        let verdicts = Cache::builder().max_capacity(10_000).time_to_live(REMEMBERED).build();
        Self { settings, client: OnceLock::new(), verdicts }
    }

    /// Made when the first form asks: most installations never do.
    fn client(&self) -> Option<&reqwest::Client> {
        let made = || {
            let client = reqwest::Client::builder()
                .timeout(self.settings.timeout)
                .redirect(reqwest::redirect::Policy::none())
                .user_agent("leadwright")
                .build();
            client.inspect_err(|error| tracing::error!(%error, "no verifier of CAPTCHAs can be asked")).ok()
        };
        self.client.get_or_init(made).as_ref()
    }

    fn url(&self, provider: CaptchaProvider) -> &str {
        match provider {
            CaptchaProvider::Turnstile => &self.settings.turnstile_url,
            CaptchaProvider::Hcaptcha => &self.settings.hcaptcha_url,
            CaptchaProvider::Recaptcha => &self.settings.recaptcha_url,
        }
    }

    async fn ask(&self, captcha: &Captcha, secret: &str, token: &str) -> Result<Answer, String> {
        let client = self.client().ok_or("no client")?;
        let request = client.post(self.url(captcha.provider)).form(&[("secret", secret), ("response", token)]);
        let told = |error: reqwest::Error| error.without_url().to_string();
        let mut response = request.send().await.map_err(told)?;
        if !response.status().is_success() {
            return Err(format!("it answered {}", response.status()));
        }
        let mut body = Vec::new();
        while let Some(chunk) = response.chunk().await.map_err(told)? {
            body.extend_from_slice(&chunk);
            if body.len() > LONGEST_ANSWER {
                return Err("its answer does not end".to_owned());
            }
        }
        serde_json::from_slice(&body).map_err(|error| error.to_string())
    }
}

/// Why a post is not a person's, as far as its CAPTCHA tells. Who can't be asked is no reason to lose a post: it is
/// looked at by people. Never within a transaction.
pub(super) async fn unsolved(
    app: &App,
    organization: OrganizationId,
    captcha: &Captcha,
    posted: &RawLead,
    address: Option<IpAddr>,
) -> Option<Suspicion> {
    let token = CAPTCHA_INPUTS.iter().find_map(|name| match posted.get(*name) {
        Some(Value::String(token)) if !token.trim().is_empty() => Some(token.trim()),
        _ => None,
    });
    let Some(token) = token else { return Some(Suspicion::new("captcha_missing", json!({}))) };
    if token.len() > LONGEST_TOKEN {
        return Some(Suspicion::new("captcha_failed", json!({"errors": ["invalid-input-response"]})));
    }
    let known = [captcha.sealed_secret.as_str(), token, &Value::Object(posted.clone()).to_string()];
    let known: [u8; 32] = Sha256::digest(format!("{address:?}{}", known.join("\n"))).into();
    let verdict = async {
        let Ok(secret) = open_secret(&app.secrets, organization, &captcha.sealed_secret) else {
            tracing::error!("the secret of a CAPTCHA can't be opened; give it anew");
            return Some(unavailable(captcha));
        };
        match app.captcha.ask(captcha, &secret, token).await {
            Ok(answer) => judged(captcha, answer),
            Err(error) => {
                tracing::warn!(provider = captcha.provider.as_str(), error, "a verifier of CAPTCHAs gave no verdict");
                Some(unavailable(captcha))
            }
        }
    };
    app.captcha.verdicts.get_with(known, Box::pin(verdict)).await
}

fn unavailable(captcha: &Captcha) -> Suspicion {
    Suspicion::new("captcha_unavailable", json!({"provider": captcha.provider}))
}

fn judged(captcha: &Captcha, answer: Answer) -> Option<Suspicion> {
    if !answer.success {
        let errors: Vec<String> =
            answer.errors.into_iter().take(10).map(|error| error.chars().take(100).collect()).collect();
        return Some(Suspicion::new("captcha_failed", json!({"errors": errors})));
    }
    let least = captcha.min_score.map(|least| f64::from(least) / 100.0);
    if let Some(least) = least.filter(|least| answer.score.unwrap_or(0.0) < *least) {
        return Some(Suspicion::new("captcha_low_score", json!({"score": answer.score, "least": least})));
    }
    let short = |text: Option<String>| text.map(|text| text.chars().take(100).collect::<String>());
    if captcha.action.is_some() && captcha.action != answer.action {
        return Some(Suspicion::new("captcha_wrong_action", json!({"action": short(answer.action)})));
    }
    let host = answer.hostname.map(|host| host.to_ascii_lowercase());
    let known = captcha.hostnames.is_empty() || host.as_ref().is_some_and(|host| captcha.hostnames.contains(host));
    (!known).then(|| Suspicion::new("captcha_wrong_host", json!({"hostname": short(host)})))
}
