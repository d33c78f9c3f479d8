use actix_web::get;
use leadwright_app::tags;
use leadwright_domain::ids::kind::Tag;

use super::{TagView, shown};
use crate::http::{Can, PathId, Result, can::ConfigRead};

/// Read a tag
///
/// One tag of the catalogue.
#[utoipa::path(
    tag = "Tags", operation_id = "getTag", security(("bearer" = ["config:read"])),
    params(("tag_id" = uuid::Uuid, Path, description = "The id of the tag")),
    responses((status = 200, description = "The tag", body = TagView))
)]
#[get("/tags/{tag_id}")]
pub async fn get_tag(can: Can<ConfigRead>, id: PathId<Tag>) -> Result {
    Ok(shown(tags::get(&can.read(), id.0).await?))
}
