use actix_web::{HttpRequest, get};
use leadwright_domain::ids::kind::Lead;

use super::{
    bant_record::{self, BantRecord},
    moved,
};
use crate::http::{Can, PathId, Result, can::LeadsRead};

/// Read budget, authority, need and timeline
///
/// What is known of each part, how much of it in per cent, and who changed it last.
#[utoipa::path(
    tag = "Leads", operation_id = "getBant", security(("bearer" = ["leads:read"])),
    params(("lead_id" = uuid::Uuid, Path, description = "The id of the lead")),
    responses((status = 200, description = "The record", body = BantRecord, headers(("ETag" = String, description = "The version of the lead"))))
)]
#[get("/leads/{lead_id}/bant")]
pub async fn get_lead_bant(can: Can<LeadsRead>, id: PathId<Lead>, request: HttpRequest) -> Result {
    if let Some(answer) = moved::elsewhere(&can.read(), id.0, &request).await? {
        return Ok(answer);
    }
    let config = can.ask.app.configuration(&can.call()).await?;
    let (lead, record) = bant_record::read(&can.read(), &config, id.0).await?;
    Ok(record.answer(&lead))
}
