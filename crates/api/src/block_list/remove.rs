use actix_web::delete;
use leadwright_app::block_list::RemoveFromBlockList;
use leadwright_domain::ids::kind::BlockEntry;

use crate::http::{Answer, Can, PathId, Result, can::ConfigWrite};

/// Take an entry off the block list
///
/// What it held back stays in quarantine until somebody releases it.
#[utoipa::path(
    tag = "Block list", operation_id = "removeFromBlockList", security(("bearer" = ["config:write"])),
    params(("entry_id" = uuid::Uuid, Path, description = "The id of the entry")),
    responses((status = 204, description = "The entry is gone"))
)]
#[delete("/block-list/{entry_id}")]
pub async fn remove_from_block_list(can: Can<ConfigWrite>, id: PathId<BlockEntry>) -> Result {
    can.write(RemoveFromBlockList(id.0)).await?;
    Ok(Answer::no_content())
}
