use std::sync::Arc;

use actix_web::post;
use leadwright_app::leads::MoveStage;
use leadwright_domain::{
    ids::kind::Lead,
    qualification::{StageMove, StageMover},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    LeadView,
    view::whole,
    words::{DispositionWord, StageWord, StatusReasonWord},
};
use crate::http::{Body, Can, IfMatch, PathId, Result, can::LeadsWrite};

/// Where the hand-off shall stand, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"to": "sales_rejected", "reason": "bad_timing", "disposition": "nurture"}))]
pub struct MoveStageRequest {
    to: StageWord,
    /// Demanded for `sales_rejected` and `sales_disqualified`.
    reason: Option<StatusReasonWord>,
    /// Why, in words.
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    note: Option<String>,
    /// What becomes of a rejected lead; `nurture` where nothing is said.
    disposition: Option<DispositionWord>,
}

/// Move the hand-off from marketing to sales
///
/// An illegal move answers 409 with `allowed_stages`. A marketer hands over; only people set `sales_qualified`. Rejecting
/// and disqualifying set the status as well.
#[utoipa::path(
    tag = "Leads", operation_id = "moveStage", security(("bearer" = ["leads:write"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead"),
        ("If-Match" = Option<String>, Header, description = "Make the change only if this is still the version: the `ETag` of an answer", max_length = 200),
    ),
    request_body = MoveStageRequest,
    responses(
        (status = 200, description = "The lead", body = LeadView),
        (status = 409, description = "The move is not legal (`allowed_stages`)"),
    )
)]
#[post("/leads/{lead_id}/stage-transitions")]
pub async fn move_stage(
    can: Can<LeadsWrite>,
    id: PathId<Lead>,
    expected: IfMatch,
    body: Body<MoveStageRequest>,
) -> Result {
    let MoveStageRequest { to, reason, note, disposition } = body.value;
    let by = can.role.map_or(StageMover::Program, StageMover::Person);
    let (reason, disposition) = (reason.map(Into::into), disposition.map(Into::into));
    let wish = StageMove { to: to.into(), reason, note, disposition, by };
    let configurations = Arc::clone(&can.ask.app.configurations);
    let command = MoveStage { id: id.0, wish, expected: expected.0, configurations };
    can.write_once(&body.raw, command, |(lead, config)| whole(&lead, &config)).await
}
