use actix_web::patch;
use leadwright_app::sources::{SourceChange, UpdateSource};
use leadwright_domain::ids::kind::LeadSource;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{DirectionView, LeadSourceView};
use crate::http::{Answer, Body, Can, IfMatch, PathId, Result, can::ConfigWrite, patch::clearable};

/// What to change of a lead source (merge patch): absent members stay, `null` clears.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct UpdateLeadSource {
    /// The name for people; unique.
    #[schema(example = "Partner portal", min_length = 1, max_length = 100, pattern = r"\S", nullable = false)]
    name: Option<String>,
    /// What it is.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, max_length = 500)]
    description: Option<Option<String>>,
    /// Who made the first step.
    #[schema(nullable = false)]
    direction: Option<DirectionView>,
    /// The medium.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, max_length = 60)]
    medium: Option<Option<String>>,
    /// Other words that name it.
    #[schema(max_items = 50, nullable = false)]
    aliases: Option<Vec<String>>,
    /// Whether new leads may come from it.
    #[schema(nullable = false)]
    active: Option<bool>,
}

/// Change a lead source
///
/// A merge patch. The code never changes: programs rely on it. Sources are not deleted but made inactive, because leads
/// keep naming them.
#[utoipa::path(
    tag = "Lead sources", operation_id = "updateLeadSource", security(("bearer" = ["config:write"])),
    params(("source_id" = uuid::Uuid, Path, description = "The id of the source")),
    request_body = UpdateLeadSource,
    responses((status = 200, description = "The changed source", body = LeadSourceView))
)]
#[patch("/lead-sources/{source_id}")]
pub async fn update_lead_source(
    can: Can<ConfigWrite>,
    id: PathId<LeadSource>,
    expected: IfMatch,
    body: Body<UpdateLeadSource>,
) -> Result {
    let change = body.value;
    let change = SourceChange {
        name: change.name.map(|name| name.trim().to_owned()),
        description: change.description,
        direction: change.direction.map(Into::into),
        medium: change.medium,
        aliases: change.aliases,
        active: change.active,
    };
    let source = can.write(UpdateSource { id: id.0, change, expected: expected.0 }).await?;
    let version = source.version;
    Ok(Answer::ok(&LeadSourceView::from(source)).version(version))
}
