use std::sync::Arc;

use actix_web::delete;
use leadwright_app::leads::ArchiveLead;
use leadwright_domain::ids::kind::Lead;

use crate::http::{Answer, Can, IfMatch, PathId, Result, can::LeadsWrite};

/// Archive a lead
///
/// It leaves the lists and keeps its address and history; `POST /leads/{id}/restore` brings it back. Archiving twice changes
/// nothing.
#[utoipa::path(
    tag = "Leads", operation_id = "archiveLead", security(("bearer" = ["leads:write"])),
    params(("lead_id" = uuid::Uuid, Path, description = "The id of the lead")),
    responses((status = 204, description = "It is archived"))
)]
#[delete("/leads/{lead_id}")]
pub async fn archive_lead(can: Can<LeadsWrite>, id: PathId<Lead>, expected: IfMatch) -> Result {
    let configurations = Arc::clone(&can.ask.app.configurations);
    can.write(ArchiveLead { id: id.0, expected: expected.0, configurations }).await?;
    Ok(Answer::no_content())
}
