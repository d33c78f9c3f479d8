use actix_web::get;
use leadwright_app::duplicates::scan;
use leadwright_domain::ids::kind::Job;

use super::scan_view::{ScanView, shown};
use crate::http::{Can, PathId, Result, can::ConfigRead};

/// Read a search for duplicates
///
/// How far it is, and what it has found.
#[utoipa::path(
    tag = "Duplicates", operation_id = "getDuplicateScan", security(("bearer" = ["config:read"])),
    params(("scan_id" = uuid::Uuid, Path, description = "The id of the job")),
    responses((status = 200, description = "The job", body = ScanView))
)]
#[get("/duplicates/scans/{scan_id}")]
pub async fn get_duplicate_scan(can: Can<ConfigRead>, id: PathId<Job>) -> Result {
    Ok(shown(&scan(&can.read(), id.0).await?))
}
