//! `/api/v1/organization`: the caller's organization and its settings.

pub mod get;
pub mod update;

use std::collections::BTreeMap;

use leadwright_domain::{
    access::RepVisibility,
    leads::parts::BantPart,
    organization::{Organization, RouteWhen},
    precedence::{Precedence, Writer},
    quantity::Decimal,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use crate::{
    http::{Answer, words::word_schema},
    suggestions::WriterWord,
};

/// The caller's organization.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Organization)]
pub struct OrganizationView {
    /// The id.
    id: Uuid,
    /// Counts changes of the organization's configuration; the first part of the `ETag`.
    version: i64,
    /// The name.
    #[schema(example = "Acme")]
    name: String,
    /// The zone of its days and hours (IANA).
    #[schema(example = "America/New_York")]
    timezone: String,
    /// Where phone numbers without a country code are from (ISO 3166-1).
    #[schema(example = "US")]
    default_region: String,
    /// The currency that amounts are compared in (ISO 4217).
    #[schema(example = "USD")]
    base_currency: String,
    /// The language (BCP 47).
    #[schema(example = "en")]
    locale: String,
    /// Where it is (ISO 3166-1).
    #[schema(example = "US")]
    country: Option<String>,
    /// Degrees north.
    #[schema(value_type = Option<f64>, example = 40.7128)]
    latitude: Option<Decimal>,
    /// Degrees east.
    #[schema(value_type = Option<f64>, example = -74.006)]
    longitude: Option<Decimal>,
    /// Which leads reps see.
    rep_visibility: RepVisibilityView,
    /// When new leads are routed.
    route_when: RouteWhenView,
    /// Parts of BANT that `qualified` demands.
    required_bant: Vec<BantPartView>,
    /// Industries of the ideal customer profile.
    #[schema(example = json!(["marketing"]))]
    profile_industries: Vec<String>,
    /// Technologies of the ideal customer profile.
    #[schema(example = json!(["hubspot"]))]
    profile_technologies: Vec<String>,
    /// Minutes until the first response to a lead is due.
    #[schema(example = 5)]
    sla_minutes: i64,
    /// From which similarity on two leads are proposed as duplicates, in hundredths.
    #[schema(example = 75)]
    duplicate_similarity: i64,
    /// Whether Bob and Robert count as one name when duplicates are looked for.
    match_nicknames: bool,
    /// Who may overwrite whose values.
    precedence: PrecedenceView,
}

/// Who may overwrite whose values: writers, the strongest first. What a weaker one brings is kept as a suggestion.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Precedence)]
pub struct PrecedenceView {
    /// For all fields.
    #[schema(example = json!(["person", "sync", "form", "enrichment"]))]
    order: Vec<WriterWord>,
    /// Fields for which another order holds; custom ones as `custom.<key>`.
    #[schema(example = json!({"phone": ["form", "person", "sync", "enrichment"]}))]
    fields: BTreeMap<String, Vec<WriterWord>>,
}

impl From<Precedence> for PrecedenceView {
    fn from(precedence: Precedence) -> Self {
        let words = |order: Vec<Writer>| order.into_iter().map(WriterWord).collect();
        let fields = precedence.fields.into_iter().map(|(field, order)| (field, words(order))).collect();
        Self { order: words(precedence.order), fields }
    }
}

word_schema! {
    /// Which leads reps see: their own and unassigned ones, their teams', or all.
    RepVisibilityView as "RepVisibility" = RepVisibility, "own"
}
word_schema! {
    /// When new leads are routed: as they come in, or when marketing says they are ready.
    RouteWhenView as "RouteWhen" = RouteWhen, "on_capture"
}
word_schema! {
    /// A part of BANT: budget, authority, need or timeline.
    BantPartView as "BantPart" = BantPart, "budget"
}

impl From<Organization> for OrganizationView {
    fn from(organization: Organization) -> Self {
        let settings = organization.settings;
        Self {
            id: organization.id.uuid(),
            version: organization.config_rev,
            name: organization.name,
            timezone: organization.timezone.name().to_owned(),
            default_region: organization.default_region,
            base_currency: organization.base_currency,
            locale: organization.locale,
            country: organization.country,
            latitude: organization.latitude,
            longitude: organization.longitude,
            rep_visibility: RepVisibilityView(settings.rep_visibility),
            route_when: RouteWhenView(settings.route_when),
            required_bant: settings.required_bant.into_iter().map(BantPartView).collect(),
            profile_industries: settings.profile_industries,
            profile_technologies: settings.profile_technologies,
            sla_minutes: settings.sla_minutes,
            duplicate_similarity: settings.duplicate_similarity,
            match_nicknames: settings.match_nicknames,
            precedence: settings.precedence.into(),
        }
    }
}

fn tagged(answer: Answer, version: i64) -> Answer {
    answer.etag(version, 0, "1")
}
