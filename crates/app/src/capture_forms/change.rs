use std::collections::BTreeMap;

use leadwright_domain::{
    capture::{Captcha, CaptchaProvider, FormDefaults, FormSettings, Protection},
    duplicates::Policy,
    fault::Fault,
    leads::Priority,
};

use super::AdapterChange;

/// What to change of a form; `None` leaves as it is, and for what can be cleared `Some(None)` clears.
#[derive(Clone, Debug, Default)]
pub struct FormChange {
    /// The name for people.
    pub name: Option<String>,
    /// The code of the source of its leads.
    pub source: Option<String>,
    /// Origins whose pages may post.
    pub allowed_origins: Option<Vec<String>>,
    /// Inputs to map, or with `None` to map no longer; others stay.
    pub field_mapping: Option<BTreeMap<String, Option<String>>>,
    /// Fields that must not be blank.
    pub required_fields: Option<Vec<String>>,
    /// What a lead is given.
    pub defaults: Option<DefaultsChange>,
    /// Where a browser goes afterwards.
    pub redirect_url: Option<Option<String>>,
    /// The text that a person consents to.
    pub consent_text: Option<Option<String>>,
    /// What is done when the person is known already.
    pub duplicate_policy: Option<Policy>,
    /// Within so many seconds, the same post is one submission.
    pub duplicate_window_seconds: Option<u32>,
    /// What is done against spam.
    pub protection: ProtectionChange,
    /// Whose bodies it reads.
    pub adapter: AdapterChange,
    /// Whether it takes anything.
    pub active: Option<bool>,
}

/// What to change of what is done against spam.
#[derive(Clone, Debug, Default)]
pub struct ProtectionChange {
    /// The input that people don't see.
    pub honeypot_field: Option<Option<String>>,
    /// How long a person needs at least.
    pub min_fill_seconds: Option<u32>,
    /// How many posts a minute are taken.
    pub max_per_minute: Option<Option<u32>>,
    /// How many of them from one address.
    pub max_per_address_per_minute: Option<Option<u32>>,
    /// The CAPTCHA.
    pub captcha: Option<Option<CaptchaChange>>,
}

/// What to change of a CAPTCHA; of a new one, provider and secret have to be there.
#[derive(Clone, Debug, Default)]
pub struct CaptchaChange {
    /// Who is asked.
    pub provider: Option<CaptchaProvider>,
    /// The secret, sealed.
    pub sealed_secret: Option<String>,
    /// The least score, in hundredths.
    pub min_score: Option<Option<u8>>,
    /// The action that the widget was rendered for.
    pub action: Option<Option<String>>,
    /// The hosts on whose pages it may have been solved.
    pub hostnames: Option<Vec<String>>,
}

/// What to change of what a lead is given.
#[derive(Clone, Debug, Default)]
pub struct DefaultsChange {
    /// How urgent it is.
    pub priority: Option<Option<Priority>>,
    /// The company.
    pub company_name: Option<Option<String>>,
    /// What they ask about.
    pub product_interests: Option<Vec<String>>,
    /// Labels.
    pub tags: Option<Vec<String>>,
}

impl FormChange {
    /// The settings after the change.
    pub(super) fn applied(&self, old: FormSettings, faults: &mut Vec<Fault>) -> FormSettings {
        let change = self.clone();
        let mut field_mapping = old.field_mapping;
        for (name, target) in change.field_mapping.unwrap_or_default() {
            match target {
                Some(target) => drop(field_mapping.insert(name, target)),
                None => drop(field_mapping.remove(&name)),
            }
        }
        FormSettings {
            allowed_origins: change.allowed_origins.unwrap_or(old.allowed_origins),
            field_mapping,
            required_fields: change.required_fields.unwrap_or(old.required_fields),
            defaults: change.defaults.unwrap_or_default().applied(old.defaults),
            redirect_url: change.redirect_url.unwrap_or(old.redirect_url),
            consent_text: change.consent_text.unwrap_or(old.consent_text),
            duplicate_policy: change.duplicate_policy.unwrap_or(old.duplicate_policy),
            duplicate_window_seconds: change.duplicate_window_seconds.unwrap_or(old.duplicate_window_seconds),
            protection: change.protection.applied(old.protection, faults),
            adapter: change.adapter.applied(old.adapter),
        }
    }
}

impl ProtectionChange {
    fn applied(self, old: Protection, faults: &mut Vec<Fault>) -> Protection {
        let captcha = match (self.captcha, old.captcha) {
            (None, old) => old,
            (Some(None), _) => None,
            (Some(Some(change)), old) => change.applied(old, faults),
        };
        Protection {
            honeypot_field: self.honeypot_field.unwrap_or(old.honeypot_field),
            min_fill_seconds: self.min_fill_seconds.unwrap_or(old.min_fill_seconds),
            max_per_minute: self.max_per_minute.unwrap_or(old.max_per_minute),
            max_per_address_per_minute: self.max_per_address_per_minute.unwrap_or(old.max_per_address_per_minute),
            captcha,
        }
    }
}

impl CaptchaChange {
    /// The CAPTCHA after the change. Another provider has another secret.
    fn applied(self, old: Option<Captcha>, faults: &mut Vec<Fault>) -> Option<Captcha> {
        let provider = self.provider.or(old.as_ref().map(|old| old.provider));
        let same = old.as_ref().filter(|old| Some(old.provider) == provider);
        let secret = self.sealed_secret.or_else(|| same.map(|old| old.sealed_secret.clone()));
        let mut demand = |there: bool, name: &str, detail: &str| {
            if !there {
                faults.push(Fault::at_pointer(format!("#/captcha/{name}"), "required", detail));
            }
        };
        demand(provider.is_some(), "provider", "Name the provider: turnstile, hcaptcha or recaptcha");
        demand(secret.is_some(), "secret", "Give the secret that the provider shows beside the site key");
        Some(Captcha {
            provider: provider?,
            sealed_secret: secret?,
            min_score: self.min_score.unwrap_or(old.as_ref().and_then(|old| old.min_score)),
            action: self.action.unwrap_or(old.as_ref().and_then(|old| old.action.clone())),
            hostnames: self.hostnames.or(old.map(|old| old.hostnames)).unwrap_or_default(),
        })
    }
}

impl DefaultsChange {
    fn applied(self, old: FormDefaults) -> FormDefaults {
        FormDefaults {
            priority: self.priority.unwrap_or(old.priority),
            company_name: self.company_name.unwrap_or(old.company_name),
            product_interests: self.product_interests.unwrap_or(old.product_interests),
            tags: self.tags.unwrap_or(old.tags),
        }
    }
}
