use std::collections::BTreeMap;

use leadwright_domain::{
    capture::{FormDefaults, FormSettings},
    duplicates::Policy,
    leads::Priority,
};

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
    /// Whether it takes anything.
    pub active: Option<bool>,
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
    pub(super) fn applied(&self, old: FormSettings) -> FormSettings {
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
        }
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
