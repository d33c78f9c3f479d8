//! The system whose bodies a form reads, as it is given and shown: secrets go in and never come out.

use std::collections::BTreeMap;

use leadwright_app::{Secrets, capture::seal_secret, capture_forms::AdapterChange};
use leadwright_domain::{
    capture::adapters::{Adapter, AdapterSettings, GenericMapping},
    ids::OrganizationId,
};
use serde::{Deserialize, Serialize};
use utoipa::{
    PartialSchema, ToSchema,
    openapi::{
        RefOr, Schema,
        schema::{ArrayBuilder, ObjectBuilder, OneOfBuilder, Type},
    },
};

use crate::http::{ApiError, words::word_schema};

word_schema! {
    /// Whose bodies a form reads.
    AdapterWord as "Adapter" = Adapter, "google_ads"
}

/// Where things are in bodies of the adapter `generic`. Places are JSON pointers into one lead; with `#` in front, into
/// the whole body.
#[derive(Clone, Debug, Default, Serialize, Deserialize, ToSchema)]
#[schema(as = AdapterMapping)]
#[serde(deny_unknown_fields)]
pub struct MappingView {
    /// Fields of a lead (as in `field_mapping`), and where each is: of several places, the first that says something
    /// counts.
    #[schema(example = json!({"email": "/contact/email", "phone": ["/contact/mobile", "/contact/phone"]}))]
    fields: BTreeMap<String, Places>,
    /// Fields that are always the same.
    #[serde(default)]
    #[schema(example = json!({"utm_source": "partner"}))]
    constants: BTreeMap<String, String>,
    /// Where the list of leads is, if a body holds several.
    #[schema(example = "/leads", max_length = 500)]
    list: Option<String>,
    /// Where the sender's id of a delivery is: what comes again under it is the same submission.
    #[schema(example = "/id", max_length = 500)]
    delivery_id: Option<String>,
    /// Where the sender says that it only tries: such deliveries make no lead.
    #[schema(example = "/is_test", max_length = 500)]
    test: Option<String>,
    /// Where the time is.
    #[schema(example = "/created_at", max_length = 500)]
    occurred_at: Option<String>,
}

/// One place, or several.
#[derive(Clone, Debug, Serialize, Deserialize)]
#[serde(untagged)]
pub enum Places {
    /// One JSON pointer.
    One(String),
    /// Several, the best first.
    Several(Vec<String>),
}

impl PartialSchema for Places {
    fn schema() -> RefOr<Schema> {
        let place = || ObjectBuilder::new().schema_type(Type::String).max_length(Some(500));
        let several = ArrayBuilder::new().items(place()).min_items(Some(1)).max_items(Some(10));
        OneOfBuilder::new().item(place()).item(several).description(Some("One JSON pointer, or several")).into()
    }
}

impl ToSchema for Places {
    fn name() -> std::borrow::Cow<'static, str> {
        "AdapterPlaces".into()
    }
}

impl From<MappingView> for GenericMapping {
    fn from(view: MappingView) -> Self {
        let places = |(name, places): (String, Places)| match places {
            Places::One(place) => (name, vec![place]),
            Places::Several(places) => (name, places),
        };
        Self {
            fields: view.fields.into_iter().map(places).collect(),
            constants: view.constants,
            list: view.list,
            delivery_id: view.delivery_id,
            test: view.test,
            occurred_at: view.occurred_at,
        }
    }
}

impl From<GenericMapping> for MappingView {
    fn from(mapping: GenericMapping) -> Self {
        let places = |(name, mut places): (String, Vec<String>)| match places.len() {
            1 => (name, Places::One(places.remove(0))),
            _ => (name, Places::Several(places)),
        };
        Self {
            fields: mapping.fields.into_iter().map(places).collect(),
            constants: mapping.constants,
            list: mapping.list,
            delivery_id: mapping.delivery_id,
            test: mapping.test,
            occurred_at: mapping.occurred_at,
        }
    }
}

/// What a caller says of the adapter; absent members stay, `None` within clears.
pub(super) struct GivenAdapter {
    pub kind: Option<AdapterWord>,
    pub secret: Option<Option<String>>,
    pub verify_token: Option<Option<String>>,
    pub mapping: Option<Option<MappingView>>,
    pub fetch_url: Option<Option<String>>,
    pub access_token: Option<Option<String>>,
}

impl GivenAdapter {
    pub(super) fn sealed(self, secrets: &Secrets, organization: OrganizationId) -> Result<AdapterChange, ApiError> {
        let seal = |given: Option<Option<String>>| {
            let one = |secret: String| seal_secret(secrets, organization, secret.trim());
            let kept = |secret: Option<String>| secret.filter(|secret| !secret.trim().is_empty()).map(one).transpose();
            given.map(kept).transpose().map_err(|_| ApiError::internal())
        };
        Ok(AdapterChange {
            kind: self.kind.map(Into::into),
            sealed_secret: seal(self.secret)?,
            sealed_verify_token: seal(self.verify_token)?,
            mapping: self.mapping.map(|mapping| mapping.map(Into::into)),
            fetch_url: self.fetch_url,
            sealed_access_token: seal(self.access_token)?,
        })
    }
}

/// The mapping of a form's adapter, if it has one.
pub(super) fn mapping_of(settings: &AdapterSettings) -> Option<MappingView> {
    (settings.kind == Adapter::Generic).then(|| settings.mapping.clone().into())
}
