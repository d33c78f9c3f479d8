use actix_web::patch;
use leadwright_app::tags::{TagChange, UpdateTag};
use leadwright_domain::ids::kind::Tag;
use serde::Deserialize;
use utoipa::ToSchema;

use super::{TagView, shown};
use crate::http::{Body, Can, IfMatch, PathId, Result, can::ConfigWrite, patch::clearable};

/// What to change of a tag (merge patch): absent members stay, `null` clears.
#[derive(Debug, Deserialize, ToSchema)]
#[schema(as = UpdateTag)]
#[serde(deny_unknown_fields)]
pub struct UpdateTagBody {
    /// The word; unique.
    #[schema(example = "VIP", min_length = 1, max_length = 100, pattern = r"\S", nullable = false)]
    name: Option<String>,
    /// Its colour.
    #[serde(default, deserialize_with = "clearable")]
    #[schema(value_type = Option<String>, example = "#d4af37", pattern = "^#[0-9a-fA-F]{6}$")]
    color: Option<Option<String>>,
}

/// Change a tag
///
/// A merge patch. Leads keep the words they carry: a new name is offered from now on.
#[utoipa::path(
    tag = "Tags", operation_id = "updateTag", security(("bearer" = ["config:write"])),
    params(("tag_id" = uuid::Uuid, Path, description = "The id of the tag")),
    request_body = UpdateTagBody,
    responses((status = 200, description = "The changed tag", body = TagView))
)]
#[patch("/tags/{tag_id}")]
pub async fn update_tag(
    can: Can<ConfigWrite>,
    id: PathId<Tag>,
    expected: IfMatch,
    body: Body<UpdateTagBody>,
) -> Result {
    let change = body.value;
    let change = TagChange { name: change.name.map(|name| name.trim().to_owned()), color: change.color };
    Ok(shown(can.write(UpdateTag { id: id.0, change, expected: expected.0 }).await?))
}
