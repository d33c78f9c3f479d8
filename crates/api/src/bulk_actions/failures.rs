use actix_web::get;
use leadwright_app::bulk_actions;
use leadwright_domain::ids::kind::BulkAction;
use leadwright_persistence::bulk_actions::FailureAt;
use utoipa::ToSchema;

use super::BulkFailure;
use crate::http::{Can, Page, Params, PathId, Result, can::LeadsRead, cursor, page::PageInfo};

/// A page of failures.
#[derive(ToSchema)]
#[schema(as = BulkFailureList)]
#[expect(dead_code, reason = "the shape of Page<BulkFailure> for the document")]
pub struct BulkFailureListShape {
    data: Vec<BulkFailure>,
    page: PageInfo,
}

/// List the failures of a bulk action
///
/// The leads that were left as they were because they may not be changed so, each with the reason; of an undo, those that
/// were changed since. While it runs, there may be more later.
#[utoipa::path(
    tag = "Bulk actions", operation_id = "listBulkFailures", security(("bearer" = ["leads:read"])),
    params(
        ("bulk_action_id" = uuid::Uuid, Path, description = "The id of the bulk action"),
        ("limit" = Option<u8>, Query, description = "How many at most", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses((status = 200, description = "A page of failures", body = BulkFailureListShape))
)]
#[get("/bulk-actions/{bulk_action_id}/failures")]
pub async fn list_bulk_failures(can: Can<LeadsRead>, id: PathId<BulkAction>, mut params: Params) -> Result {
    let limit = params.number("limit", 1, 200).unwrap_or(50);
    let after = params.text("cursor");
    params.finish()?;
    let (secrets, call) = (&can.ask.app.secrets, can.call());
    let list = format!("bulk failures {} {}", can.name(), id.0);
    let after: Option<FailureAt> = after.map(|after| cursor::open(secrets, &list, &after, call.now)).transpose()?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let mut found = bulk_actions::failures(&can.read(), can.role, id.0, after, wanted + 1).await?;
    let has_more = found.len() > wanted;
    found.truncate(wanted);
    let next = found.last().filter(|_| has_more).map(|(last, _)| cursor::seal(secrets, &list, last, call.now));
    let next_cursor = next.transpose()?;
    let data: Vec<BulkFailure> = found.into_iter().map(|(_, failure)| failure.into()).collect();
    let page = Page { data, page: PageInfo { has_more, next_cursor }, total: None };
    Ok(page.answer(Some(&format!("/api/v1/bulk-actions/{}/failures?limit={limit}", id.0))))
}
