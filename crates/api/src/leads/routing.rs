use actix_web::get;
use leadwright_app::leads::happened;
use leadwright_domain::{
    events::{Event, EventKind},
    ids::kind::Lead,
    routing::{Assignment, Tried},
    time::Instant,
};
use serde::Deserialize;

use super::routing_view::{Decided, RoutingView};
use crate::http::{Answer, Can, PathId, Result, can::LeadsRead};

/// Events among which the newest decision of the rules is looked for.
const LOOKED_AT: u64 = 200;

/// A decision as the log keeps it.
#[derive(Deserialize)]
struct Stored {
    rule: Option<leadwright_domain::ids::RoutingRuleId>,
    assignment: Option<Assignment>,
    #[serde(default)]
    trace: Vec<Tried>,
}

fn stored(event: &Event) -> Option<(Instant, Stored)> {
    let stored = serde_json::from_value(event.data.get("route")?.clone()).ok()?;
    Some((event.occurred_at, stored))
}

/// Explain who got a lead
///
/// The newest decision of the routing rules: which were tried, who was looked at, and why somebody was chosen or skipped.
#[utoipa::path(
    tag = "Leads", operation_id = "getLeadRouting", security(("bearer" = ["leads:read"])),
    params(("lead_id" = uuid::Uuid, Path, description = "The id of the lead")),
    responses((status = 200, description = "Who got it, and why", body = RoutingView))
)]
#[get("/leads/{lead_id}/routing")]
pub async fn get_lead_routing(can: Can<LeadsRead>, id: PathId<Lead>) -> Result {
    let kinds = [EventKind::LeadCreated, EventKind::LeadAssigned];
    let (lead, events) = happened(&can.read(), id.0, &kinds, None, LOOKED_AT).await?;
    let config = can.ask.app.configuration(&can.call()).await?;
    let decided = events.iter().find_map(stored);
    let decided =
        decided.map(|(at, Stored { rule, assignment, trace })| Decided { at, assignment, rule, tried: trace });
    Ok(Answer::ok(&RoutingView::of(lead.id, decided, &config)))
}
