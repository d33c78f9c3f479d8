use actix_web::post;
use leadwright_app::sources::CreateSource;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{DirectionView, LeadSourceView, location};
use crate::http::{Answer, Body, Can, Result, can::ConfigWrite};

/// A new lead source.
#[derive(Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct CreateLeadSource {
    /// A stable word for programs; made from the name when left out. It never changes.
    #[schema(example = "partner_portal", min_length = 1, max_length = 60, pattern = "^[a-z0-9]+(_[a-z0-9]+)*$")]
    code: Option<String>,
    /// The name for people; unique.
    #[schema(example = "Partner portal", min_length = 1, max_length = 100, pattern = r"\S")]
    name: String,
    /// What it is.
    #[schema(example = "Leads that partners enter themselves", max_length = 500)]
    description: Option<String>,
    /// Who made the first step.
    direction: DirectionView,
    /// The medium.
    #[schema(example = "web", max_length = 60)]
    medium: Option<String>,
    /// Other words that name it in forms and files.
    #[serde(default)]
    #[schema(example = json!(["portal"]), max_items = 50)]
    aliases: Vec<String>,
}

/// Add a lead source
///
/// Code and name are unique; a taken one answers 409.
#[utoipa::path(
    tag = "Lead sources", operation_id = "createLeadSource", security(("bearer" = ["config:write"])),
    request_body = CreateLeadSource,
    responses((status = 201, description = "The new source", body = LeadSourceView))
)]
#[post("/lead-sources")]
pub async fn create_lead_source(can: Can<ConfigWrite>, body: Body<CreateLeadSource>) -> Result {
    let new = body.value;
    let command = CreateSource {
        code: new.code,
        name: new.name.trim().to_owned(),
        description: new.description,
        direction: new.direction.into(),
        medium: new.medium,
        aliases: new.aliases,
    };
    can.write_once(&body.raw, command, |source| {
        let (id, version) = (source.id, source.version);
        Answer::created(location(id), &LeadSourceView::from(source)).version(version)
    })
    .await
}
