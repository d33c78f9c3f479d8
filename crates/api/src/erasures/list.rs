use actix_web::get;
use leadwright_app::privacy::erasures;
use leadwright_domain::ids::ErasureId;
use utoipa::ToSchema;

use super::ErasureView;
use crate::http::{Can, Page, Params, Result, can::PrivacyRead, cursor, page::PageInfo};

/// A page of erasures.
#[derive(ToSchema)]
#[schema(as = ErasureList)]
#[expect(dead_code, reason = "the shape of Page<ErasureView> for the document")]
pub struct ErasureListShape {
    data: Vec<ErasureView>,
    page: PageInfo,
}

/// List erasures
///
/// Newest first. After a backup was restored, whoever was erased since it was made has to be erased again.
#[utoipa::path(
    tag = "Privacy", operation_id = "listErasures", security(("bearer" = ["privacy:read"])),
    params(
        ("limit" = Option<u8>, Query, description = "How many at most", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses((status = 200, description = "A page of erasures", body = ErasureListShape))
)]
#[get("/erasures")]
pub async fn list_erasures(can: Can<PrivacyRead>, mut params: Params) -> Result {
    let limit = params.number("limit", 1, 200).unwrap_or(50).unsigned_abs();
    let after = params.text("cursor");
    params.finish()?;
    let (secrets, call) = (&can.ask.app.secrets, can.call());
    let list = format!("erasures {}", can.name());
    let before: Option<ErasureId> = after.map(|after| cursor::open(secrets, &list, &after, call.now)).transpose()?;
    let mut found = erasures(&can.read(), before, limit + 1).await?;
    let has_more = found.len() as u64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = found.last().filter(|_| has_more).map(|last| last.id);
    let next_cursor = last.map(|last| cursor::seal(secrets, &list, &last, call.now)).transpose()?;
    let config = can.ask.app.configuration(&call).await?;
    let data: Vec<ErasureView> = found.iter().map(|one| ErasureView::of(one, &config)).collect();
    let next = format!("/api/v1/erasures?limit={limit}");
    Ok(Page { data, page: PageInfo { next_cursor, has_more }, total: None }.answer(Some(&next)))
}
