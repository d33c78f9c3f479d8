//! The CAPTCHA of a form as it is given and shown: the secret goes in and never comes out.

use leadwright_app::{Secrets, capture::seal_secret, capture_forms::CaptchaChange};
use leadwright_domain::{
    capture::{Captcha, CaptchaProvider},
    ids::OrganizationId,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;

use crate::http::{ApiError, patch::clearable, words::word_schema};

word_schema! {
    /// Who tells people from programs.
    CaptchaProviderWord as "CaptchaProvider" = CaptchaProvider, "turnstile"
}

/// The CAPTCHA whose verdict a form asks for.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewCaptcha {
    /// Who is asked.
    provider: CaptchaProviderWord,
    /// The secret that the provider shows beside the site key. It is kept sealed and never shown.
    #[schema(example = "1x0000000000000000000000000000000AA", min_length = 1, max_length = 500)]
    secret: String,
    /// The least score of a person, for providers that give one (reCAPTCHA v3).
    #[schema(example = 0.5, minimum = 0, maximum = 1)]
    min_score: Option<f64>,
    /// The action that the widget was rendered for; any, without one.
    #[schema(example = "contact", max_length = 100)]
    action: Option<String>,
    /// The hosts on whose pages it may have been solved; any, without one.
    #[serde(default)]
    #[schema(example = json!(["www.example.com"]), max_items = 20)]
    hostnames: Vec<String>,
}

/// What to change of the CAPTCHA (merge patch). Another provider needs another secret.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateCaptcha {
    /// Who is asked.
    #[schema(nullable = false)]
    provider: Option<CaptchaProviderWord>,
    /// The secret that the provider shows beside the site key.
    #[schema(example = "1x0000000000000000000000000000000AA", min_length = 1, max_length = 500, nullable = false)]
    secret: Option<String>,
    /// The least score of a person.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<f64>, example = 0.5, minimum = 0, maximum = 1)]
    min_score: Option<Option<f64>>,
    /// The action that the widget was rendered for.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "contact", max_length = 100)]
    action: Option<Option<String>>,
    /// The hosts on whose pages it may have been solved.
    #[schema(example = json!(["www.example.com"]), max_items = 20, nullable = false)]
    hostnames: Option<Vec<String>>,
}

/// The CAPTCHA of a form, without its secret.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = FormCaptcha)]
pub struct CaptchaView {
    /// Who is asked.
    provider: CaptchaProviderWord,
    /// The least score of a person.
    #[schema(example = 0.5)]
    min_score: Option<f64>,
    /// The action that the widget was rendered for.
    #[schema(example = "contact")]
    action: Option<String>,
    /// The hosts on whose pages it may have been solved; any, without one.
    #[schema(example = json!(["www.example.com"]))]
    hostnames: Vec<String>,
}

impl From<Captcha> for CaptchaView {
    fn from(captcha: Captcha) -> Self {
        Self {
            provider: captcha.provider.into(),
            min_score: captcha.min_score.map(|score| f64::from(score) / 100.0),
            action: captcha.action,
            hostnames: captcha.hostnames,
        }
    }
}

impl NewCaptcha {
    pub(super) fn sealed(self, secrets: &Secrets, organization: OrganizationId) -> Result<Captcha, ApiError> {
        Ok(Captcha {
            provider: self.provider.into(),
            sealed_secret: seal(secrets, organization, &self.secret)?,
            min_score: self.min_score.map(hundredths),
            action: self.action,
            hostnames: self.hostnames,
        })
    }
}

impl UpdateCaptcha {
    pub(super) fn sealed(self, secrets: &Secrets, organization: OrganizationId) -> Result<CaptchaChange, ApiError> {
        Ok(CaptchaChange {
            provider: self.provider.map(Into::into),
            sealed_secret: self.secret.map(|secret| seal(secrets, organization, &secret)).transpose()?,
            min_score: self.min_score.map(|score| score.map(hundredths)),
            action: self.action,
            hostnames: self.hostnames,
        })
    }
}

fn seal(secrets: &Secrets, organization: OrganizationId, secret: &str) -> Result<String, ApiError> {
    seal_secret(secrets, organization, secret.trim()).map_err(|_| ApiError::internal())
}

/// The schema has seen to it that it is between 0 and 1.
fn hundredths(score: f64) -> u8 {
    (score * 100.0).round().clamp(0.0, 100.0) as u8
}
