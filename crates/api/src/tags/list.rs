use actix_web::get;
use leadwright_app::tags;
use utoipa::ToSchema;

use super::TagView;
use crate::http::{Can, Page, Params, Result, can::ConfigRead, page::PageInfo};

/// The catalogue of tags.
#[derive(ToSchema)]
#[schema(as = TagList)]
#[expect(dead_code, reason = "the shape of Page<TagView> for the document")]
pub struct TagListShape {
    data: Vec<TagView>,
    page: PageInfo,
}

/// List the tags
///
/// The whole catalogue, by name. It always fits one page.
#[utoipa::path(
    tag = "Tags", operation_id = "listTags", security(("bearer" = ["config:read"])),
    responses((status = 200, description = "The catalogue", body = TagListShape))
)]
#[get("/tags")]
pub async fn list_tags(can: Can<ConfigRead>, params: Params) -> Result {
    params.finish()?;
    let found = tags::list(&can.read()).await?;
    Ok(Page::whole(found.into_iter().map(TagView::from).collect()).answer(None))
}
