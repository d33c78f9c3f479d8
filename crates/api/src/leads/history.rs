use actix_web::get;
use chrono::{DateTime, Utc};
use leadwright_app::Configuration;
use leadwright_domain::{
    events::{Event, EventKind},
    ids::kind::Lead as LeadKind,
    leads::Lead,
    time::Instant,
};
use serde::Serialize;
use utoipa::ToSchema;
use uuid::Uuid;

use super::{
    actor::ActorView,
    happenings, location,
    words::{StageWord, StatusWord},
};
use crate::http::{Answer, Can, Params, PathId, Result, can::LeadsRead, page::PageInfo};

/// A move of a lead.
#[derive(Clone, Debug, Serialize, ToSchema)]
#[schema(as = LeadMove)]
pub struct MoveView {
    /// The id of the event.
    id: Uuid,
    /// What moved: `status`, or `stage` for the hand-off from marketing to sales.
    #[schema(example = "status")]
    kind: &'static str,
    /// Where it stood.
    #[schema(example = "new")]
    from: String,
    /// Where it came to.
    #[schema(example = "contacted")]
    to: String,
    /// Why, from the catalogue.
    reason: Option<String>,
    /// Why, in words; `null` where nothing was said, or the person was erased.
    note: Option<String>,
    /// By which way a status was set: `by_hand`, `by_override`, `by_conversion`, `by_import`, `by_undo`.
    #[schema(example = "by_hand")]
    way: Option<String>,
    /// Parts of budget, authority, need and timeline that an override passed over.
    overridden: Vec<String>,
    /// Seconds it stood at `from`.
    #[schema(example = 5400)]
    spent_seconds: i64,
    /// When it moved.
    at: DateTime<Utc>,
    /// Who moved it.
    actor: ActorView,
}

impl MoveView {
    fn of(event: Event, config: &Configuration) -> Self {
        let text = |name: &str| event.data[name].as_str().map(ToOwned::to_owned);
        let overridden = event.data["overridden"].as_array().into_iter().flatten();
        Self {
            id: event.id,
            kind: if event.kind == EventKind::LeadStageChanged.as_str() { "stage" } else { "status" },
            from: text("from").unwrap_or_default(),
            to: text("to").unwrap_or_default(),
            reason: text("reason"),
            note: event.diff.as_ref().and_then(|diff| diff["note"][1].as_str()).map(ToOwned::to_owned),
            way: text("way"),
            overridden: overridden.filter_map(|part| part.as_str()).map(ToOwned::to_owned).collect(),
            spent_seconds: event.data["spent_seconds"].as_i64().unwrap_or_default(),
            at: event.occurred_at,
            actor: ActorView::of(event.actor, config),
        }
    }
}

/// Where a lead stands now, and for how long.
#[derive(Clone, Copy, Debug, Serialize, ToSchema)]
#[schema(as = LeadStanding)]
pub struct StandingView {
    status: StatusWord,
    /// Seconds since it came there.
    #[schema(example = 86400)]
    status_seconds: i64,
    stage: StageWord,
    /// Seconds since it came there.
    #[schema(example = 86400)]
    stage_seconds: i64,
}

impl StandingView {
    fn of(lead: &Lead, now: Instant) -> Self {
        let seconds = |since: Instant| (now - since).num_seconds().max(0);
        Self {
            status: lead.status.into(),
            status_seconds: seconds(lead.status_since),
            stage: lead.stage.into(),
            stage_seconds: seconds(lead.stage_since),
        }
    }
}

/// The moves of a lead.
#[derive(Debug, Serialize, ToSchema)]
#[schema(as = LeadHistory)]
pub struct HistoryView {
    /// Where it stands now.
    current: StandingView,
    /// The moves that brought it there, newest first.
    data: Vec<MoveView>,
    page: PageInfo,
}

/// Read where a lead has stood
///
/// The moves of its status and of the hand-off from marketing to sales, newest first, each with the time spent before it.
#[utoipa::path(
    tag = "Leads", operation_id = "getLeadHistory", security(("bearer" = ["leads:read"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead"),
        ("limit" = Option<i64>, Query, description = "How many at most; 50 unless said", minimum = 1, maximum = 200),
        ("cursor" = Option<String>, Query, description = "`next_cursor` of the page before", max_length = 1000),
    ),
    responses((status = 200, description = "A page of moves", body = HistoryView))
)]
#[get("/leads/{lead_id}/history")]
pub async fn get_lead_history(can: Can<LeadsRead>, id: PathId<LeadKind>, params: Params) -> Result {
    let kinds = [EventKind::LeadStatusChanged, EventKind::LeadStageChanged];
    let read = happenings::read(&can, params, id.0, "history", &kinds).await?;
    let call = can.call();
    let config = can.ask.app.configuration(&call).await?;
    let data: Vec<MoveView> = read.events.into_iter().map(|event| MoveView::of(event, &config)).collect();
    let history = HistoryView { current: StandingView::of(&read.lead, call.now), data, page: read.page };
    let next = format!("{}/history?limit={}", location(id.0), read.limit);
    Ok(history.page.linked(Answer::ok(&history), &next))
}
