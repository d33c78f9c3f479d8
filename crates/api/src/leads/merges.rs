use actix_web::{HttpRequest, get};
use chrono::{DateTime, Utc};
use leadwright_app::{
    Configuration,
    duplicates::{MergesPage, merges},
};
use leadwright_domain::{
    ids::{MergeId, kind::Lead},
    time::Instant,
};
use leadwright_persistence::duplicates::Merge;
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{actor::ActorView, location, moved};
use crate::http::{Can, Page, Params, PathId, Result, can::LeadsRead, cursor, page::PageInfo};

/// A lead that was merged into another.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LeadMerge)]
pub struct MergeView {
    /// The id of the merge.
    id: Uuid,
    /// The lead that went.
    lead_id: Uuid,
    /// When.
    merged_at: DateTime<Utc>,
    /// Who did it.
    actor: ActorView,
    /// Until when it can be taken back.
    undo_until: DateTime<Utc>,
    /// Whether it can be taken back still.
    undoable: bool,
}

impl MergeView {
    pub(super) fn of(merge: &Merge, now: Instant, config: &Configuration) -> Self {
        Self {
            id: merge.id.uuid(),
            lead_id: merge.lead.uuid(),
            merged_at: merge.merged_at,
            actor: ActorView::of(merge.actor, config),
            undo_until: merge.undo_until,
            undoable: merge.snapshot.is_some() && now <= merge.undo_until,
        }
    }
}

/// A page of merges.
#[derive(ToSchema)]
#[schema(as = LeadMergeList)]
#[expect(dead_code, reason = "the shape of Page<MergeView> for the document")]
pub struct MergeListShape {
    data: Vec<MergeView>,
    page: PageInfo,
}

/// List what was merged into a lead
///
/// Newest first; merges that were taken back are left out.
#[utoipa::path(
    tag = "Duplicates", operation_id = "listLeadMerges", security(("bearer" = ["leads:read"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead"),
        ("limit" = Option<u8>, Query, description = "How many at most", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses(
        (status = 200, description = "A page of merges", body = MergeListShape),
        (status = 308, description = "It was merged into another", headers(("Location" = String, description = "The same of that one")))
    )
)]
#[get("/leads/{lead_id}/merges")]
pub async fn list_lead_merges(
    can: Can<LeadsRead>,
    id: PathId<Lead>,
    mut params: Params,
    request: HttpRequest,
) -> Result {
    let limit = params.number("limit", 1, 200).unwrap_or(50).unsigned_abs();
    let after = params.text("cursor");
    params.finish()?;
    let (secrets, call) = (&can.ask.app.secrets, can.call());
    let list = format!("merges {} {}", can.name(), id.0);
    let before: Option<MergeId> = after.map(|after| cursor::open(secrets, &list, &after, call.now)).transpose()?;
    if let Some(answer) = moved::elsewhere(&can.read(), id.0, &request).await? {
        return Ok(answer);
    }
    let mut found = merges(&can.read(), id.0, &MergesPage { before, limit: limit + 1 }).await?;
    let has_more = found.len() as u64 > limit;
    found.truncate(usize::try_from(limit).unwrap_or(usize::MAX));
    let last = found.last().filter(|_| has_more).map(|last| last.id);
    let next_cursor = last.map(|last| cursor::seal(secrets, &list, &last, call.now)).transpose()?;
    let config = can.ask.app.configuration(&call).await?;
    let data: Vec<MergeView> = found.iter().map(|one| MergeView::of(one, call.now, &config)).collect();
    let next = format!("{}/merges?limit={limit}", location(id.0));
    Ok(Page { data, page: PageInfo { next_cursor, has_more }, total: None }.answer(Some(&next)))
}
