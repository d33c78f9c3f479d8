use std::sync::Arc;

use actix_web::post;
use leadwright_app::leads::{Rerouted, RouteLead, preview_route};
use leadwright_domain::{ids::kind::Lead, routing::RouteDecision};

use super::routing_view::{Decided, RoutingView};
use crate::http::{Answer, Can, IfMatch, Params, PathId, Result, can::LeadsAssign};

impl From<Rerouted> for RoutingView {
    fn from(rerouted: Rerouted) -> Self {
        let Rerouted { lead, decision, configuration, at } = rerouted;
        let RouteDecision { assignment, rule, trace, .. } = decision;
        Self::of(lead.id, Some(Decided { at, assignment, rule, tried: trace }), &configuration)
    }
}

/// Ask the routing rules again
///
/// For a lead on which nobody works: the rules decide, and whoever is next in a team takes a turn. With `dry_run=true` it is
/// only said whom they would choose and why, also for a lead on which somebody works.
#[utoipa::path(
    tag = "Leads", operation_id = "routeLead", security(("bearer" = ["leads:assign"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead"),
        ("dry_run" = Option<bool>, Query, description = "Say what would happen, and keep nothing"),
        ("If-Match" = Option<String>, Header, description = "Make the change only if this is still the version: the `ETag` of an answer", max_length = 200),
    ),
    responses(
        (status = 200, description = "Who gets it, and why", body = RoutingView),
        (status = 409, description = "Somebody works on it (`owner_id`)"),
    )
)]
#[post("/leads/{lead_id}/route")]
pub async fn route_lead(can: Can<LeadsAssign>, id: PathId<Lead>, expected: IfMatch, mut params: Params) -> Result {
    let dry_run = params.flag("dry_run").unwrap_or(false);
    params.finish()?;
    let configurations = Arc::clone(&can.ask.app.configurations);
    if dry_run {
        let rerouted = preview_route(&can.read(), &configurations, id.0, expected.0).await?;
        return Ok(Answer::ok(&RoutingView::from(rerouted)));
    }
    let command = RouteLead { id: id.0, expected: expected.0, configurations };
    can.write_once(b"", command, |rerouted| Answer::ok(&RoutingView::from(rerouted))).await
}
