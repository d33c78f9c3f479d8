use actix_web::get;
use leadwright_app::bulk_actions;
use leadwright_domain::ids::BulkActionId;
use utoipa::ToSchema;

use super::BulkActionView;
use crate::http::{Can, Page, Params, Result, can::LeadsRead, cursor, page::PageInfo};

/// A page of bulk actions.
#[derive(ToSchema)]
#[schema(as = BulkActionList)]
#[expect(dead_code, reason = "the shape of Page<BulkActionView> for the document")]
pub struct BulkActionListShape {
    data: Vec<BulkActionView>,
    page: PageInfo,
}

/// List bulk actions
///
/// Newest first. Whoever does not see all leads sees their own; managers also those that members of their teams ordered.
#[utoipa::path(
    tag = "Bulk actions", operation_id = "listBulkActions", security(("bearer" = ["leads:read"])),
    params(
        ("limit" = Option<u8>, Query, description = "How many at most", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses((status = 200, description = "A page of bulk actions", body = BulkActionListShape))
)]
#[get("/bulk-actions")]
pub async fn list_bulk_actions(can: Can<LeadsRead>, mut params: Params) -> Result {
    let limit = params.number("limit", 1, 200).unwrap_or(50).unsigned_abs();
    let after = params.text("cursor");
    params.finish()?;
    let (secrets, call) = (&can.ask.app.secrets, can.call());
    let list = format!("bulk actions {}", can.name());
    let before: Option<BulkActionId> = after.map(|after| cursor::open(secrets, &list, &after, call.now)).transpose()?;
    let mut found = bulk_actions::list(&can.read(), can.role, before, limit + 1).await?;
    let has_more = found.len() as u64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let next = found.last().filter(|_| has_more).map(|last| cursor::seal(secrets, &list, &last.id, call.now));
    let next_cursor = next.transpose()?;
    let config = can.ask.app.configuration(&call).await?;
    let data = found.iter().map(|action| BulkActionView::of(action, &config)).collect();
    let page = Page { data, page: PageInfo { has_more: next_cursor.is_some(), next_cursor }, total: None };
    Ok(page.answer(Some(&format!("/api/v1/bulk-actions?limit={limit}"))))
}
