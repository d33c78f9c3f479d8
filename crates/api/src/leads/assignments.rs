use actix_web::get;
use chrono::{DateTime, Utc};
use leadwright_app::Configuration;
use leadwright_domain::{
    events::{Event, EventKind},
    ids::{Id, kind::Lead},
    routing::Holder,
};
use serde::Serialize;
use serde_json::Value;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{actor::ActorView, happenings, location};
use crate::http::{Can, Page, Params, PathId, Result, can::LeadsRead, page::PageInfo};

/// Who works on a lead, and for which team.
#[derive(Clone, Copy, Debug, Default, Serialize, ToSchema)]
#[schema(as = LeadHolder)]
pub struct HolderView {
    /// Who.
    owner_id: Option<Uuid>,
    /// For which team.
    team_id: Option<Uuid>,
}

impl From<Holder> for HolderView {
    fn from(holder: Holder) -> Self {
        Self { owner_id: holder.owner_id.map(Id::uuid), team_id: holder.team_id.map(Id::uuid) }
    }
}

/// A handover of a lead.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LeadAssignment)]
pub struct AssignmentView {
    /// The id of the event.
    id: Uuid,
    /// `created` with somebody, `routed` by the rules, `assigned` by a person or a program, `claimed`, or given
    /// back because a bulk action was `undone`.
    #[schema(example = "assigned")]
    how: String,
    /// Who had it.
    before: HolderView,
    /// Who got it.
    after: HolderView,
    /// Why, from the catalogue.
    #[schema(example = "workload")]
    reason: Option<String>,
    /// Why, in words; `null` where nothing was said, or the person was erased.
    note: Option<String>,
    /// When.
    at: DateTime<Utc>,
    /// Who did it.
    actor: ActorView,
}

fn holder(stored: &Value) -> HolderView {
    serde_json::from_value::<Holder>(stored.clone()).unwrap_or_default().into()
}

impl AssignmentView {
    fn of(event: Event, config: &Configuration) -> Self {
        let created = event.kind == EventKind::LeadCreated.as_str();
        let routed = if event.data["route"].is_null() { "created" } else { "routed" };
        let data = &event.data;
        Self {
            id: event.id,
            how: if created { routed } else { data["how"].as_str().unwrap_or("assigned") }.to_owned(),
            before: holder(&data["before"]),
            after: holder(if created { &data["assigned"] } else { &data["after"] }),
            reason: data["reason"].as_str().map(ToOwned::to_owned),
            note: event.diff.as_ref().and_then(|diff| diff["note"][1].as_str()).map(ToOwned::to_owned),
            at: event.occurred_at,
            actor: ActorView::of(event.actor, config),
        }
    }
}

/// A page of handovers.
#[derive(ToSchema)]
#[schema(as = LeadAssignmentList)]
#[expect(dead_code, reason = "the shape of Page<AssignmentView> for the document")]
pub struct AssignmentListShape {
    data: Vec<AssignmentView>,
    page: PageInfo,
}

/// List who has had a lead
///
/// Every handover, newest first; the oldest tells who had it when it came.
#[utoipa::path(
    tag = "Leads", operation_id = "listLeadAssignments", security(("bearer" = ["leads:read"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead"),
        ("limit" = Option<i64>, Query, description = "How many at most; 50 unless said", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses((status = 200, description = "A page of handovers", body = AssignmentListShape))
)]
#[get("/leads/{lead_id}/assignments")]
pub async fn list_lead_assignments(can: Can<LeadsRead>, id: PathId<Lead>, params: Params) -> Result {
    let kinds = [EventKind::LeadCreated, EventKind::LeadAssigned];
    let read = happenings::read(&can, params, id.0, "assignments", &kinds).await?;
    let config = can.ask.app.configuration(&can.call()).await?;
    let data: Vec<AssignmentView> = read.events.into_iter().map(|event| AssignmentView::of(event, &config)).collect();
    let next = format!("{}/assignments?limit={}", location(id.0), read.limit);
    Ok(Page { data, page: read.page, total: None }.answer(Some(&next)))
}
