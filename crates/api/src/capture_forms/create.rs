use std::collections::BTreeMap;

use actix_web::post;
use leadwright_app::capture_forms::{CreateForm, new_key};
use leadwright_domain::capture::{FormSettings, Protection, adapters::AdapterSettings};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    CaptureFormView, DefaultsView, PolicyView,
    adapter::{AdapterWord, GivenAdapter, MappingView},
    captcha::NewCaptcha,
};
use crate::http::{Answer, ApiError, Body, Can, Result, can::ConfigWrite};

/// A new capture form.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateCaptureForm {
    /// The name for people.
    #[schema(example = "Contact page", min_length = 1, max_length = 100, pattern = r"\S")]
    name: String,
    /// The code of the source of its leads.
    #[schema(example = "website", max_length = 60)]
    source: String,
    /// Pages of these origins may post from a browser: `https://example.com`, `https://*.example.com` for every
    /// subdomain, or `*` for all. Without any, only servers post.
    #[serde(default)]
    #[schema(example = json!(["https://example.com"]), max_items = 50)]
    allowed_origins: Vec<String>,
    /// Names of inputs, and the field that each fills: a field of the lead, `custom.<key>`, `source`, `utm_source`,
    /// `gclid`, `email_consent` and the like. A member of a nested object is named with dots (`contact.email`) or by a
    /// JSON pointer (`/contact/email`). Other inputs are understood by their names. At most 100.
    #[serde(default)]
    #[schema(example = json!({"your-mail": "email"}))]
    field_mapping: BTreeMap<String, String>,
    /// Fields that must not be blank, beyond those that every lead has: a name, and an e-mail address or phone number.
    #[serde(default)]
    #[schema(example = json!(["company_name"]), max_items = 50)]
    required_fields: Vec<String>,
    /// What a lead is given where the form brings nothing.
    #[serde(default)]
    defaults: DefaultsView,
    /// Where a browser goes afterwards.
    #[schema(example = "https://example.com/thanks", max_length = 2000)]
    redirect_url: Option<String>,
    /// The text that a person consents to; kept with the consent.
    #[schema(example = "You may write to me about your products.", max_length = 2000)]
    consent_text: Option<String>,
    /// What is done when the person is known already; `fill_blanks` unless given.
    #[serde(default)]
    duplicate_policy: PolicyView,
    /// Within so many seconds, the same body from the same address is one submission; 0 keeps each.
    #[serde(default)]
    #[schema(example = 0, minimum = 0, maximum = 86_400)]
    duplicate_window_seconds: u32,
    /// An input that people don't see: what comes with it filled in is quarantined.
    #[schema(example = "_gotcha", max_length = 120)]
    honeypot_field: Option<String>,
    /// How long a person needs at least to fill the form in, in seconds: what comes sooner, or without a token of
    /// `GET /capture/{form_key}/token`, is quarantined. 0 asks for none.
    #[serde(default)]
    #[schema(example = 0, minimum = 0, maximum = 3_600)]
    min_fill_seconds: u32,
    /// How many posts a minute the form takes at most.
    #[schema(example = 600, minimum = 1, maximum = 1_000_000)]
    max_per_minute: Option<u32>,
    /// How many posts a minute it takes from one address.
    #[schema(example = 20, minimum = 1, maximum = 1_000_000)]
    max_per_address_per_minute: Option<u32>,
    /// The CAPTCHA that a person has to solve; what comes unsolved is quarantined.
    captcha: Option<NewCaptcha>,
    /// Whose bodies it reads; `form` (web forms and programs) unless given.
    adapter: Option<AdapterWord>,
    /// The secret by which a body is proven to come from that system: its signing secret, app secret or key. It is kept
    /// sealed and never shown.
    #[schema(example = "k7Qw2", min_length = 1, max_length = 500)]
    adapter_secret: Option<String>,
    /// The word that Meta shows when it asks whether the address is yours. Never shown.
    #[schema(example = "9mXv4", min_length = 1, max_length = 500)]
    adapter_verify_token: Option<String>,
    /// Where things are in a body; for the adapter `generic`.
    adapter_mapping: Option<MappingView>,
    /// Where a lead is asked for of which only the id came, with `{id}` in it; the system's own address unless given.
    #[schema(example = "https://graph.example.com/{id}", max_length = 2000)]
    adapter_fetch_url: Option<String>,
    /// The token that is shown there. Never shown here.
    #[schema(example = "EAAG", min_length = 1, max_length = 2000)]
    adapter_access_token: Option<String>,
}

/// Add a capture form
///
/// Answers its public key: leads are posted to `/api/v1/capture/{key}`.
#[utoipa::path(
    tag = "Capture forms", operation_id = "createCaptureForm", security(("bearer" = ["config:write"])),
    request_body = CreateCaptureForm,
    responses((status = 201, description = "The new form", body = CaptureFormView))
)]
#[post("/capture-forms")]
pub async fn create_capture_form(can: Can<ConfigWrite>, body: Body<CreateCaptureForm>) -> Result {
    let new = body.value;
    let seal = |captcha: NewCaptcha| captcha.sealed(&can.ask.app.secrets, can.call().scope.organization);
    let protection = Protection {
        honeypot_field: new.honeypot_field,
        min_fill_seconds: new.min_fill_seconds,
        max_per_minute: new.max_per_minute,
        max_per_address_per_minute: new.max_per_address_per_minute,
        captcha: new.captcha.map(seal).transpose()?,
    };
    let adapter = GivenAdapter {
        kind: new.adapter,
        secret: new.adapter_secret.map(Some),
        verify_token: new.adapter_verify_token.map(Some),
        mapping: new.adapter_mapping.map(Some),
        fetch_url: new.adapter_fetch_url.map(Some),
        access_token: new.adapter_access_token.map(Some),
    };
    let adapter = adapter.sealed(&can.ask.app.secrets, can.call().scope.organization)?;
    let settings = FormSettings {
        allowed_origins: new.allowed_origins,
        field_mapping: new.field_mapping,
        required_fields: new.required_fields,
        defaults: new.defaults.into(),
        redirect_url: new.redirect_url,
        consent_text: new.consent_text,
        duplicate_policy: new.duplicate_policy.into(),
        duplicate_window_seconds: new.duplicate_window_seconds,
        protection,
        adapter: adapter.applied(AdapterSettings::default()),
    };
    let key = new_key().map_err(|_| ApiError::internal())?;
    let command = CreateForm { name: new.name.trim().to_owned(), source: new.source, settings, key };
    can.write_once(&body.raw, command, |known| {
        let (location, version) = (format!("/api/v1/capture-forms/{}", known.form.id), known.form.version);
        Answer::created(location, &CaptureFormView::from(known)).version(version)
    })
    .await
}
