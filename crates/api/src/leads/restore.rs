use std::sync::Arc;

use actix_web::post;
use leadwright_app::leads::RestoreLead;
use leadwright_domain::ids::kind::Lead;

use super::{LeadView, view::whole};
use crate::http::{Can, IfMatch, PathId, Result, can::LeadsWrite};

/// Restore an archived lead
///
/// It is back in the lists as it was. A lead that is not archived is answered unchanged.
#[utoipa::path(
    tag = "Leads", operation_id = "restoreLead", security(("bearer" = ["leads:write"])),
    params(("lead_id" = uuid::Uuid, Path, description = "The id of the lead")),
    responses((status = 200, description = "The lead", body = LeadView))
)]
#[post("/leads/{lead_id}/restore")]
pub async fn restore_lead(can: Can<LeadsWrite>, id: PathId<Lead>, expected: IfMatch) -> Result {
    let configurations = Arc::clone(&can.ask.app.configurations);
    let command = RestoreLead { id: id.0, expected: expected.0, configurations };
    can.write_once(b"", command, |(lead, config)| whole(&lead, &config)).await
}
