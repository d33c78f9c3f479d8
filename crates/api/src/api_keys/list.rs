use actix_web::get;
use utoipa::ToSchema;

use super::ApiKeyView;
use crate::http::{Can, Page, Params, Result, can::UsersWrite, page::PageInfo};

/// The API keys.
#[derive(ToSchema)]
#[schema(as = ApiKeyList)]
#[expect(dead_code, reason = "the shape of Page<ApiKeyView> for the document")]
pub struct ApiKeyListShape {
    data: Vec<ApiKeyView>,
    page: PageInfo,
}

/// List the API keys
///
/// All keys, newest first, revoked ones included; never their secrets. It always fits one page.
#[utoipa::path(
    tag = "API keys", operation_id = "listApiKeys", security(("bearer" = ["users:write"])),
    responses((status = 200, description = "The keys", body = ApiKeyListShape))
)]
#[get("/api-keys")]
pub async fn list_api_keys(can: Can<UsersWrite>, params: Params) -> Result {
    params.finish()?;
    let found = can.read().api_keys().all().await?;
    Ok(Page::whole(found.into_iter().map(ApiKeyView::from).collect()).answer(None))
}
