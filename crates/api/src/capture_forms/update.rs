use std::collections::BTreeMap;

use actix_web::patch;
use leadwright_app::capture_forms::{DefaultsChange, FormChange, ProtectionChange, UpdateForm};
use leadwright_domain::ids::kind::CaptureForm;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    CaptureFormView, PolicyView, PriorityView,
    adapter::{AdapterWord, GivenAdapter, MappingView},
    captcha::UpdateCaptcha,
    shown,
};
use crate::http::{Body, Can, IfMatch, PathId, Result, can::ConfigWrite, patch::clearable};

/// What to change of a capture form (merge patch): absent members stay, `null` clears.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateCaptureForm {
    /// The name for people.
    #[schema(example = "Contact page", min_length = 1, max_length = 100, pattern = r"\S", nullable = false)]
    name: Option<String>,
    /// The code of the source of its leads.
    #[schema(example = "website", max_length = 60, nullable = false)]
    source: Option<String>,
    /// Pages of these origins may post from a browser.
    #[schema(example = json!(["https://example.com"]), max_items = 50, nullable = false)]
    allowed_origins: Option<Vec<String>>,
    /// Inputs to map; one with `null` is mapped no longer, others stay.
    #[schema(example = json!({"your-mail": "email", "old": null}), nullable = false)]
    field_mapping: Option<BTreeMap<String, Option<String>>>,
    /// Fields that must not be blank.
    #[schema(example = json!(["company_name"]), max_items = 50, nullable = false)]
    required_fields: Option<Vec<String>>,
    /// What a lead is given; absent members stay.
    #[schema(nullable = false)]
    defaults: Option<UpdateFormDefaults>,
    /// Where a browser goes afterwards.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "https://example.com/thanks", max_length = 2000)]
    redirect_url: Option<Option<String>>,
    /// The text that a person consents to.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, max_length = 2000)]
    consent_text: Option<Option<String>>,
    /// What is done when the person is known already.
    #[schema(nullable = false)]
    duplicate_policy: Option<PolicyView>,
    /// Within so many seconds, the same body from the same address is one submission; 0 keeps each.
    #[schema(example = 600, minimum = 0, maximum = 86_400, nullable = false)]
    duplicate_window_seconds: Option<u32>,
    /// An input that people don't see.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "_gotcha", max_length = 120)]
    honeypot_field: Option<Option<String>>,
    /// How long a person needs at least to fill the form in, in seconds; 0 asks for no token.
    #[schema(example = 3, minimum = 0, maximum = 3_600, nullable = false)]
    min_fill_seconds: Option<u32>,
    /// How many posts a minute the form takes at most.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<u32>, example = 600, minimum = 1, maximum = 1_000_000)]
    max_per_minute: Option<Option<u32>>,
    /// How many posts a minute it takes from one address.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<u32>, example = 20, minimum = 1, maximum = 1_000_000)]
    max_per_address_per_minute: Option<Option<u32>>,
    /// The CAPTCHA that a person has to solve; absent members stay.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<UpdateCaptcha>)]
    captcha: Option<Option<UpdateCaptcha>>,
    /// Whose bodies it reads; `form` (web forms and programs) unless given. What was set for another
    /// system is forgotten.
    #[schema(nullable = false)]
    adapter: Option<AdapterWord>,
    /// The secret by which a body is proven to come from that system: its signing secret, app secret or key. It is kept
    /// sealed and never shown.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "k7Qw2", min_length = 1, max_length = 500)]
    adapter_secret: Option<Option<String>>,
    /// The word that Meta shows when it asks whether the address is yours. Never shown.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "9mXv4", min_length = 1, max_length = 500)]
    adapter_verify_token: Option<Option<String>>,
    /// Where things are in a body; for the adapter `generic`.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<MappingView>)]
    adapter_mapping: Option<Option<MappingView>>,
    /// Where a lead is asked for of which only the id came, with `{id}` in it; the system's own address unless given.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "https://graph.example.com/{id}", max_length = 2000)]
    adapter_fetch_url: Option<Option<String>>,
    /// The token that is shown there. Never shown here.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "EAAG", min_length = 1, max_length = 2000)]
    adapter_access_token: Option<Option<String>>,
    /// Whether it takes anything.
    #[schema(nullable = false)]
    active: Option<bool>,
}

/// What to change of what a lead is given (merge patch).
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateFormDefaults {
    /// How urgent it is.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<PriorityView>, example = "medium")]
    priority: Option<Option<PriorityView>>,
    /// The company.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, max_length = 200)]
    company_name: Option<Option<String>>,
    /// What they ask about.
    #[schema(max_items = 50, nullable = false)]
    product_interests: Option<Vec<String>>,
    /// Labels.
    #[schema(max_items = 50, nullable = false)]
    tags: Option<Vec<String>>,
}

impl From<UpdateFormDefaults> for DefaultsChange {
    fn from(change: UpdateFormDefaults) -> Self {
        Self {
            priority: change.priority.map(|priority| priority.map(|priority| priority.0)),
            company_name: change.company_name,
            product_interests: change.product_interests,
            tags: change.tags,
        }
    }
}

/// Change a capture form
///
/// A merge patch. The key never changes: it is written into web sites.
#[utoipa::path(
    tag = "Capture forms", operation_id = "updateCaptureForm", security(("bearer" = ["config:write"])),
    params(("form_id" = uuid::Uuid, Path, description = "The id of the form")),
    request_body = UpdateCaptureForm,
    responses((status = 200, description = "The changed form", body = CaptureFormView))
)]
#[patch("/capture-forms/{form_id}")]
pub async fn update_capture_form(
    can: Can<ConfigWrite>,
    id: PathId<CaptureForm>,
    expected: IfMatch,
    body: Body<UpdateCaptureForm>,
) -> Result {
    let change = body.value;
    let seal = |captcha: UpdateCaptcha| captcha.sealed(&can.ask.app.secrets, can.call().scope.organization);
    let protection = ProtectionChange {
        honeypot_field: change.honeypot_field,
        min_fill_seconds: change.min_fill_seconds,
        max_per_minute: change.max_per_minute,
        max_per_address_per_minute: change.max_per_address_per_minute,
        captcha: change.captcha.map(|captcha| captcha.map(seal).transpose()).transpose()?,
    };
    let adapter = GivenAdapter {
        kind: change.adapter,
        secret: change.adapter_secret,
        verify_token: change.adapter_verify_token,
        mapping: change.adapter_mapping,
        fetch_url: change.adapter_fetch_url,
        access_token: change.adapter_access_token,
    };
    let adapter = adapter.sealed(&can.ask.app.secrets, can.call().scope.organization)?;
    let change = FormChange {
        name: change.name.map(|name| name.trim().to_owned()),
        source: change.source,
        allowed_origins: change.allowed_origins,
        field_mapping: change.field_mapping,
        required_fields: change.required_fields,
        defaults: change.defaults.map(Into::into),
        redirect_url: change.redirect_url,
        consent_text: change.consent_text,
        duplicate_policy: change.duplicate_policy.map(Into::into),
        duplicate_window_seconds: change.duplicate_window_seconds,
        protection,
        adapter,
        active: change.active,
    };
    Ok(shown(can.write(UpdateForm { id: id.0, change, expected: expected.0 }).await?))
}
