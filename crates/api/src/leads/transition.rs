use std::sync::Arc;

use actix_web::post;
use leadwright_app::leads::MoveLead;
use leadwright_domain::{
    fault::Fault,
    ids::kind::Lead,
    leads::Status,
    qualification::{Transition, Way, transition::may_override},
};
use serde::Deserialize;
use utoipa::ToSchema;

use super::{
    LeadView,
    view::whole,
    words::{StatusReasonWord, StatusWord},
};
use crate::http::{ApiError, Body, Can, IfMatch, PathId, Result, can::LeadsWrite};

/// Where a lead shall stand, and why.
#[derive(Clone, Debug, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
#[schema(example = json!({"to": "nurture", "reason": "bad_timing", "note": "Next year's budget"}))]
pub struct MoveLeadRequest {
    to: StatusWord,
    /// Demanded for `nurture` and `unqualified`.
    reason: Option<StatusReasonWord>,
    /// Why, in words.
    #[schema(min_length = 1, max_length = 2000, pattern = r"\S")]
    note: Option<String>,
    /// Pass over what is missing for `qualified`: managers and admins, with a reason or a note.
    #[serde(default, rename = "override")]
    by_override: bool,
}

impl MoveLeadRequest {
    fn into_wish(self, may_override: bool) -> Result<Transition> {
        let to: Status = self.to.into();
        if self.by_override && to != Status::Qualified {
            let detail = "Only the way to `qualified` can be overridden; leave it out.";
            return Err(ApiError::invalid(vec![Fault::in_field("override", "not_here", detail)]));
        }
        let way = if self.by_override { Way::ByOverride } else { Way::ByHand };
        Ok(Transition { to, reason: self.reason.map(Into::into), note: self.note, way, may_override })
    }
}

/// Move a lead to another status
///
/// An illegal move answers 409 with `allowed_transitions`. `qualified` needs budget, authority, need and timeline confirmed,
/// as far as the organization demands: else 409 with what is `missing`. `converted` is reached by converting only.
#[utoipa::path(
    tag = "Leads", operation_id = "moveLead", security(("bearer" = ["leads:write"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead"),
        ("If-Match" = Option<String>, Header, description = "Make the change only if this is still the version: the `ETag` of an answer", max_length = 200),
    ),
    request_body = MoveLeadRequest,
    responses(
        (status = 200, description = "The moved lead", body = LeadView),
        (status = 409, description = "The move is not legal (`allowed_transitions`), or something is not confirmed (`missing`)"),
    )
)]
#[post("/leads/{lead_id}/transitions")]
pub async fn move_lead(
    can: Can<LeadsWrite>,
    id: PathId<Lead>,
    expected: IfMatch,
    body: Body<MoveLeadRequest>,
) -> Result {
    let wish = body.value.into_wish(can.role.is_some_and(may_override))?;
    let configurations = Arc::clone(&can.ask.app.configurations);
    let command = MoveLead { id: id.0, wish, expected: expected.0, configurations };
    can.write_once(&body.raw, command, |(lead, config)| whole(&lead, &config)).await
}
