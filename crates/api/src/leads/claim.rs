use std::sync::Arc;

use actix_web::post;
use leadwright_app::leads::ClaimLead;
use leadwright_domain::ids::kind::Lead;

use super::{LeadView, view::whole};
use crate::http::{Can, IfMatch, PathId, Result, can::LeadsWrite};

/// Take an unassigned lead
///
/// The first one gets it; claiming one's own changes nothing. One that somebody else has answers 409, or 404 where the caller
/// does not see other people's leads. Only people claim.
#[utoipa::path(
    tag = "Leads", operation_id = "claimLead", security(("bearer" = ["leads:write"])),
    params(
        ("lead_id" = uuid::Uuid, Path, description = "The id of the lead"),
        ("If-Match" = Option<String>, Header, description = "Make the change only if this is still the version: the `ETag` of an answer", max_length = 200),
    ),
    responses(
        (status = 200, description = "The lead, now the caller's", body = LeadView),
        (status = 409, description = "Somebody works on it already (`owner_id`)"),
    )
)]
#[post("/leads/{lead_id}/claim")]
pub async fn claim_lead(can: Can<LeadsWrite>, id: PathId<Lead>, expected: IfMatch) -> Result {
    let configurations = Arc::clone(&can.ask.app.configurations);
    let command = ClaimLead { id: id.0, expected: expected.0, configurations };
    can.write_once(b"", command, |(lead, config)| whole(&lead, &config)).await
}
