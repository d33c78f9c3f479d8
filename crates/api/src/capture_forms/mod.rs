//! `/api/v1/capture-forms`: the forms through which the world posts leads.

pub mod adapter;
mod captcha;
pub mod create;
pub mod deactivate;
pub mod get;
pub mod list;
pub mod test;
pub mod update;

use std::collections::BTreeMap;

use leadwright_app::capture_forms::KnownForm;
use leadwright_domain::{
    capture::{FormDefaults, POLICIES},
    duplicates::Policy,
};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use uuid::Uuid;

use adapter::{AdapterWord, MappingView};
use captcha::CaptchaView;

use crate::{http::Answer, leads::words::PriorityWord as PriorityView};

/// What a form does with somebody who is known already.
#[derive(Clone, Copy, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = FormDuplicatePolicy)]
#[serde(rename_all = "snake_case")]
pub enum PolicyView {
    /// The known lead takes over what it lacks.
    #[default]
    FillBlanks,
    /// The known lead takes over what is new.
    Update,
    /// A lead is created and marked as a suspected duplicate.
    Flag,
}

impl From<PolicyView> for Policy {
    fn from(view: PolicyView) -> Self {
        match view {
            PolicyView::FillBlanks => Self::FillBlanks,
            PolicyView::Update => Self::Update,
            PolicyView::Flag => Self::Flag,
        }
    }
}

/// What a lead is given where the form brings nothing.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = FormDefaults)]
#[serde(default, deny_unknown_fields)]
pub struct DefaultsView {
    /// How urgent it is.
    #[schema(example = "medium")]
    priority: Option<PriorityView>,
    /// The company.
    #[schema(example = "Unknown", max_length = 200)]
    company_name: Option<String>,
    /// What they ask about.
    #[schema(example = json!(["analytics"]), max_items = 50)]
    product_interests: Vec<String>,
    /// Labels.
    #[schema(example = json!(["website"]), max_items = 50)]
    tags: Vec<String>,
}

impl From<DefaultsView> for FormDefaults {
    fn from(view: DefaultsView) -> Self {
        Self {
            priority: view.priority.map(Into::into),
            company_name: view.company_name,
            product_interests: view.product_interests,
            tags: view.tags,
        }
    }
}

impl From<FormDefaults> for DefaultsView {
    fn from(defaults: FormDefaults) -> Self {
        Self {
            priority: defaults.priority.map(Into::into),
            company_name: defaults.company_name,
            product_interests: defaults.product_interests,
            tags: defaults.tags,
        }
    }
}

/// A form through which the world posts leads.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = CaptureForm)]
pub struct CaptureFormView {
    /// The id.
    id: Uuid,
    /// Counts changes; the first part of the `ETag`.
    version: i64,
    /// The public key: leads are posted to `/api/v1/capture/{key}`. It is no secret, and it never changes.
    #[schema(example = "f_4pTq0sVbHk2m9xZcRj7LwNdE")]
    key: String,
    /// The name for people.
    #[schema(example = "Contact page")]
    name: String,
    /// The code of the source of its leads.
    #[schema(example = "website")]
    source: String,
    /// Pages of these origins may post from a browser; `*` means all. Servers may always post.
    #[schema(example = json!(["https://example.com"]))]
    allowed_origins: Vec<String>,
    /// Names of inputs, and the field that each fills.
    #[schema(example = json!({"your-mail": "email"}))]
    field_mapping: BTreeMap<String, String>,
    /// Fields that must not be blank, beyond those that every lead has.
    #[schema(example = json!(["company_name"]))]
    required_fields: Vec<String>,
    /// What a lead is given where the form brings nothing.
    defaults: DefaultsView,
    /// Where a browser goes afterwards.
    #[schema(example = "https://example.com/thanks")]
    redirect_url: Option<String>,
    /// The text that a person consents to.
    #[schema(example = "You may write to me about your products.")]
    consent_text: Option<String>,
    /// What is done when the person is known already.
    #[schema(value_type = PolicyView, example = "fill_blanks")]
    duplicate_policy: &'static str,
    /// Within so many seconds, the same body from the same address is one submission; 0 keeps each.
    #[schema(example = 0)]
    duplicate_window_seconds: u32,
    /// An input that people don't see: what comes with it filled in is quarantined.
    #[schema(example = "_gotcha")]
    honeypot_field: Option<String>,
    /// How long a person needs at least to fill the form in, in seconds; 0 asks for no token.
    #[schema(example = 0)]
    min_fill_seconds: u32,
    /// How many posts a minute the form takes at most.
    #[schema(example = 600)]
    max_per_minute: Option<u32>,
    /// How many posts a minute it takes from one address.
    #[schema(example = 20)]
    max_per_address_per_minute: Option<u32>,
    /// The CAPTCHA that a person has to solve.
    captcha: Option<CaptchaView>,
    /// Whose bodies it reads.
    adapter: AdapterWord,
    /// Whether a secret is set, so that bodies have to be proven.
    adapter_secret_set: bool,
    /// Whether a word is set by which Meta proves who asks.
    adapter_verify_token_set: bool,
    /// Where things are in a body; only of the adapter `generic`.
    adapter_mapping: Option<MappingView>,
    /// Where a lead is asked for of which only the id came, if not at the system's own address.
    #[schema(example = "https://graph.example.com/{id}")]
    adapter_fetch_url: Option<String>,
    /// Whether a token is set that is shown there.
    adapter_access_token_set: bool,
    /// Whether it takes anything.
    active: bool,
}

impl From<KnownForm> for CaptureFormView {
    fn from(KnownForm { form, source }: KnownForm) -> Self {
        let settings = form.settings;
        debug_assert!(POLICIES.contains(&settings.duplicate_policy));
        Self {
            id: form.id.uuid(),
            version: form.version,
            key: form.public_key,
            name: form.name,
            source,
            allowed_origins: settings.allowed_origins,
            field_mapping: settings.field_mapping,
            required_fields: settings.required_fields,
            defaults: settings.defaults.into(),
            redirect_url: settings.redirect_url,
            consent_text: settings.consent_text,
            duplicate_policy: settings.duplicate_policy.as_str(),
            duplicate_window_seconds: settings.duplicate_window_seconds,
            honeypot_field: settings.protection.honeypot_field,
            min_fill_seconds: settings.protection.min_fill_seconds,
            max_per_minute: settings.protection.max_per_minute,
            max_per_address_per_minute: settings.protection.max_per_address_per_minute,
            captcha: settings.protection.captcha.map(Into::into),
            adapter: settings.adapter.kind.into(),
            adapter_secret_set: settings.adapter.sealed_secret.is_some(),
            adapter_verify_token_set: settings.adapter.sealed_verify_token.is_some(),
            adapter_mapping: adapter::mapping_of(&settings.adapter),
            adapter_fetch_url: settings.adapter.fetch_url,
            adapter_access_token_set: settings.adapter.sealed_access_token.is_some(),
            active: form.active,
        }
    }
}

fn shown(known: KnownForm) -> Answer {
    let version = known.form.version;
    Answer::ok(&CaptureFormView::from(known)).version(version)
}
