use actix_web::get;
use leadwright_app::block_list;
use utoipa::ToSchema;

use super::BlockEntryView;
use crate::http::{Can, Page, Params, Result, can::ConfigRead, page::PageInfo};

/// The block list.
#[derive(ToSchema)]
#[schema(as = BlockList)]
#[expect(dead_code, reason = "the shape of Page<BlockEntryView> for the document")]
pub struct BlockListShape {
    data: Vec<BlockEntryView>,
    page: PageInfo,
}

/// List the block list
///
/// All entries, oldest first. They always fit one page.
#[utoipa::path(
    tag = "Block list", operation_id = "listBlockList", security(("bearer" = ["config:read"])),
    responses((status = 200, description = "The entries", body = BlockListShape))
)]
#[get("/block-list")]
pub async fn list_block_list(can: Can<ConfigRead>, params: Params) -> Result {
    params.finish()?;
    let found = block_list::list(&can.read()).await?;
    Ok(Page::whole(found.into_iter().map(BlockEntryView::from).collect()).answer(None))
}
