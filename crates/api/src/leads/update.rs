use std::sync::Arc;

use actix_web::patch;
use leadwright_app::leads::UpdateLead as Update;
use leadwright_domain::ids::kind::Lead;

use super::{LeadView, input::UpdateLead, suggested, view::whole};
use crate::http::{Can, IfMatch, PathId, Result, body::JsonObject, can::LeadsWrite};

/// Change a lead
///
/// A merge patch (RFC 7396): it touches only the fields it names; `null` clears. Status, owner and score have ways of their
/// own. With `If-Match` a lead that somebody else changed meanwhile answers 412. What a program says of a field that
/// a stronger writer wrote is kept as a suggestion instead; the header `Suggested` names such fields.
#[utoipa::path(
    tag = "Leads", operation_id = "updateLead", security(("bearer" = ["leads:write"])),
    params(("lead_id" = uuid::Uuid, Path, description = "The id of the lead")),
    request_body(content = UpdateLead, content_type = "application/json"),
    responses((status = 200, description = "The changed lead", body = LeadView))
)]
#[patch("/leads/{lead_id}")]
pub async fn update_lead(can: Can<LeadsWrite>, id: PathId<Lead>, expected: IfMatch, body: JsonObject) -> Result {
    let configurations = Arc::clone(&can.ask.app.configurations);
    let updated = can
        .write(Update { id: id.0, patch: body.members, expected: expected.0, accepting: None, configurations })
        .await?;
    Ok(suggested(whole(&updated.lead, &updated.configuration), &updated.suggested))
}
