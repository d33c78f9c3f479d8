use actix_web::get;
use leadwright_app::sources;
use leadwright_domain::ids::kind::LeadSource;

use super::LeadSourceView;
use crate::http::{Answer, Can, PathId, Result, can::ConfigRead};

/// Read a lead source
///
/// One entry of the catalogue.
#[utoipa::path(
    tag = "Lead sources", operation_id = "getLeadSource", security(("bearer" = ["config:read"])),
    params(("source_id" = uuid::Uuid, Path, description = "The id of the source")),
    responses((status = 200, description = "The source", body = LeadSourceView))
)]
#[get("/lead-sources/{source_id}")]
pub async fn get_lead_source(can: Can<ConfigRead>, id: PathId<LeadSource>) -> Result {
    let source = sources::get(&can.read(), id.0).await?;
    let version = source.version;
    Ok(Answer::ok(&LeadSourceView::from(source)).version(version))
}
