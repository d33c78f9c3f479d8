use actix_web::get;
use chrono::{DateTime, Utc};
use leadwright_app::{Configuration, leads};
use leadwright_domain::{events::Event, ids::kind::Lead};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    actor::ActorView,
    listing::{MOST, USUAL},
};
use crate::http::{Can, Page, Params, PathId, Result, can::LeadsRead, cursor, page::PageInfo};

/// Something that happened.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = Event)]
pub struct EventView {
    /// The id.
    id: Uuid,
    /// What happened.
    #[schema(example = "lead.status_changed")]
    kind: String,
    /// When.
    occurred_at: DateTime<Utc>,
    /// Who did it.
    actor: ActorView,
    /// Facts: reasons, ids, counts.
    #[schema(value_type = Object, example = json!({"from": "new", "to": "contacted"}))]
    data: Value,
    /// Values before and after, by field; `null` where there are none, or the person was erased.
    #[schema(value_type = Option<Object>, example = json!({"city": {"from": null, "to": "Berlin"}}))]
    diff: Option<Value>,
}

impl EventView {
    /// The event, with the actor's name.
    pub(super) fn of(event: Event, config: &Configuration) -> Self {
        Self {
            actor: ActorView::of(event.actor, config),
            id: event.id,
            kind: event.kind,
            occurred_at: event.occurred_at,
            data: event.data,
            diff: event.diff,
        }
    }
}

/// A page of what happened.
#[derive(ToSchema)]
#[schema(as = Timeline)]
#[expect(dead_code, reason = "the shape of Page<EventView> for the document")]
pub struct TimelineShape {
    data: Vec<EventView>,
    page: PageInfo,
}

/// Read the timeline of a lead
///
/// Everything that happened to it, newest first.
#[utoipa::path(
    tag = "Leads", operation_id = "getLeadTimeline", security(("bearer" = ["leads:read"])),
    params(
        ("lead_id" = Uuid, Path, description = "The id of the lead"),
        ("limit" = Option<i64>, Query, description = "How many at most; 50 unless said", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before")
    ),
    responses((status = 200, description = "A page of events", body = TimelineShape, headers(("Link" = String, description = "The next page, `rel=\"next\"`"))))
)]
#[get("/leads/{lead_id}/timeline")]
pub async fn get_lead_timeline(can: Can<LeadsRead>, id: PathId<Lead>, mut params: Params) -> Result {
    let limit = params.number("limit", 1, MOST).unwrap_or(USUAL);
    let after = params.text("cursor");
    params.finish()?;
    let (secrets, reader) = (&can.ask.app.secrets, can.read());
    let list = format!("timeline {} {}", can.name(), id.0);
    let before = after.map(|cursor| cursor::open(secrets, &list, &cursor, reader.now())).transpose()?;
    let mut found = leads::timeline(&reader, id.0, before, limit.unsigned_abs() + 1).await?;
    let wanted = usize::try_from(limit).unwrap_or_default();
    let has_more = found.len() > wanted;
    found.truncate(wanted);
    let last = found.last().filter(|_| has_more).map(|event| event.id);
    let next_cursor = last.map(|last| cursor::seal(secrets, &list, &last, reader.now())).transpose()?;
    let config = can.ask.app.configuration(&can.call()).await?;
    let data: Vec<EventView> = found.into_iter().map(|event| EventView::of(event, &config)).collect();
    let next = format!("/api/v1/leads/{}/timeline?limit={limit}", id.0);
    Ok(Page { data, page: PageInfo { next_cursor, has_more }, total: None }.answer(Some(&next)))
}
