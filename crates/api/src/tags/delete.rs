use actix_web::delete;
use leadwright_app::tags::DeleteTag;
use leadwright_domain::ids::kind::Tag;

use crate::http::{Answer, Can, IfMatch, PathId, Result, can::ConfigWrite};

/// Delete a tag
///
/// It is no longer offered. Leads keep the words they carry.
#[utoipa::path(
    tag = "Tags", operation_id = "deleteTag", security(("bearer" = ["config:write"])),
    params(("tag_id" = uuid::Uuid, Path, description = "The id of the tag")),
    responses((status = 204, description = "The tag is gone"))
)]
#[delete("/tags/{tag_id}")]
pub async fn delete_tag(can: Can<ConfigWrite>, id: PathId<Tag>, expected: IfMatch) -> Result {
    can.write(DeleteTag { id: id.0, expected: expected.0 }).await?;
    Ok(Answer::no_content())
}
