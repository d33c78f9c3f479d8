use std::sync::Arc;

use actix_web::patch;
use leadwright_app::leads::ChangeBant;
use leadwright_domain::ids::kind::Lead;

use super::{
    bant_record::{self, BantRecord},
    input::UpdateBant,
};
use crate::http::{Can, IfMatch, PathId, Result, body::JsonObject, can::LeadsWrite};

/// Change budget, authority, need and timeline
///
/// A merge patch (RFC 7396): parts and members that are absent stay, `null` clears.
#[utoipa::path(
    tag = "Leads", operation_id = "updateBant", security(("bearer" = ["leads:write"])),
    params(("lead_id" = uuid::Uuid, Path, description = "The id of the lead")),
    request_body(content = UpdateBant, content_type = "application/json"),
    responses((status = 200, description = "The record", body = BantRecord, headers(("ETag" = String, description = "The version of the lead"))))
)]
#[patch("/leads/{lead_id}/bant")]
pub async fn update_lead_bant(can: Can<LeadsWrite>, id: PathId<Lead>, expected: IfMatch, body: JsonObject) -> Result {
    let configurations = Arc::clone(&can.ask.app.configurations);
    can.write(ChangeBant { id: id.0, patch: body.members, expected: expected.0, configurations }).await?;
    let config = can.ask.app.configuration(&can.call()).await?;
    let (lead, record) = bant_record::read(&can.read(), &config, id.0).await?;
    Ok(record.answer(&lead))
}
