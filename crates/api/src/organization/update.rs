use std::collections::BTreeMap;

use actix_web::patch;
use leadwright_app::access::{OrganizationChange, PrecedenceChange, UpdateOrganization as Update};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{BantPartView, OrganizationView, RepVisibilityView, RouteWhenView, tagged};
use crate::{
    http::{Answer, Body, Can, IfMatch, Result, can::OrganizationWrite, patch::clearable},
    suggestions::WriterWord,
};

/// What to change of the organization (merge patch): absent members stay, `null` clears.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateOrganization {
    /// The name.
    #[schema(example = "Acme", min_length = 1, max_length = 200, pattern = r"\S", nullable = false)]
    name: Option<String>,
    /// The zone of its days and hours (IANA).
    #[schema(example = "America/New_York", min_length = 1, max_length = 60, nullable = false)]
    timezone: Option<String>,
    /// Where phone numbers without a country code are from (ISO 3166-1).
    #[schema(example = "US", min_length = 2, max_length = 60, nullable = false)]
    default_region: Option<String>,
    /// The currency that amounts are compared in (ISO 4217).
    #[schema(example = "USD", min_length = 3, max_length = 3, nullable = false)]
    base_currency: Option<String>,
    /// Where it is (ISO 3166-1).
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "US", min_length = 2, max_length = 60)]
    country: Option<Option<String>>,
    /// Degrees north; together with `longitude`.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<f64>, example = 40.7128, minimum = -90, maximum = 90)]
    latitude: Option<Option<f64>>,
    /// Degrees east; together with `latitude`.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<f64>, example = -74.006, minimum = -180, maximum = 180)]
    longitude: Option<Option<f64>>,
    /// Which leads reps see.
    #[schema(nullable = false)]
    rep_visibility: Option<RepVisibilityView>,
    /// When new leads are routed.
    #[schema(nullable = false)]
    route_when: Option<RouteWhenView>,
    /// Parts of BANT that `qualified` demands.
    #[schema(max_items = 4, nullable = false)]
    required_bant: Option<Vec<BantPartView>>,
    /// Industries of the ideal customer profile.
    #[schema(example = json!(["marketing"]), max_items = 100, nullable = false)]
    profile_industries: Option<Vec<String>>,
    /// Technologies of the ideal customer profile.
    #[schema(example = json!(["hubspot"]), max_items = 100, nullable = false)]
    profile_technologies: Option<Vec<String>>,
    /// Minutes until the first response to a lead is due.
    #[schema(example = 5, minimum = 1, maximum = 43200, nullable = false)]
    sla_minutes: Option<i64>,
    /// From which similarity on two leads are proposed as duplicates, in hundredths. A scan applies it to all leads.
    #[schema(example = 75, minimum = 50, maximum = 100, nullable = false)]
    duplicate_similarity: Option<i64>,
    /// Whether Bob and Robert count as one name when duplicates are looked for. A scan applies it to all leads.
    #[schema(example = true, nullable = false)]
    match_nicknames: Option<bool>,
    /// Who may overwrite whose values.
    #[schema(nullable = false)]
    precedence: Option<PrecedencePatch>,
}

/// What to change of who may overwrite whose values.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"fields": {"phone": ["form", "person", "sync", "enrichment"]}}))]
pub struct PrecedencePatch {
    /// For all fields: every writer once, the strongest first.
    #[schema(min_items = 1, max_items = 4, nullable = false)]
    order: Option<Vec<WriterWord>>,
    /// Fields for which another order holds, custom ones as `custom.<key>`; `null` lets the order of all hold again.
    #[serde(default)]
    fields: BTreeMap<String, Option<Vec<WriterWord>>>,
}

/// Change the organization
///
/// A merge patch. Settings take effect on the next request, on other nodes within five seconds.
#[utoipa::path(
    tag = "Organization", operation_id = "updateOrganization", security(("bearer" = ["organization:write"])),
    request_body = UpdateOrganization,
    responses((status = 200, description = "The changed organization", body = OrganizationView))
)]
#[patch("/organization")]
pub async fn update_organization(
    can: Can<OrganizationWrite>,
    expected: IfMatch,
    body: Body<UpdateOrganization>,
) -> Result {
    let change = body.value;
    let change = OrganizationChange {
        name: change.name,
        timezone: change.timezone,
        default_region: change.default_region,
        base_currency: change.base_currency,
        country: change.country,
        latitude: change.latitude,
        longitude: change.longitude,
        rep_visibility: change.rep_visibility.map(|word| word.0),
        route_when: change.route_when.map(|word| word.0),
        required_bant: change.required_bant.map(|parts| parts.into_iter().map(|part| part.0).collect()),
        profile_industries: change.profile_industries,
        profile_technologies: change.profile_technologies,
        sla_minutes: change.sla_minutes,
        duplicate_similarity: change.duplicate_similarity,
        match_nicknames: change.match_nicknames,
        precedence: change.precedence.map(|patch| {
            let words = |order: Vec<WriterWord>| order.into_iter().map(Into::into).collect();
            let fields = patch.fields.into_iter().map(|(field, order)| (field, order.map(words))).collect();
            PrecedenceChange { order: patch.order.map(words), fields }
        }),
    };
    let organization = can.write(Update { change, expected: expected.0 }).await?;
    let version = organization.config_rev;
    Ok(tagged(Answer::ok(&OrganizationView::from(organization)), version))
}
