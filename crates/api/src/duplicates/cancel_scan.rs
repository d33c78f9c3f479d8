use actix_web::post;
use leadwright_app::duplicates::CancelScan;
use leadwright_domain::ids::kind::Job;

use super::scan_view::{ScanView, accepted};
use crate::http::{Can, PathId, Result, can::ConfigWrite};

/// Cancel a search for duplicates
///
/// What it has found stays. One that is over answers 409.
#[utoipa::path(
    tag = "Duplicates", operation_id = "cancelDuplicateScan", security(("bearer" = ["config:write"])),
    params(("scan_id" = uuid::Uuid, Path, description = "The id of the job")),
    responses((status = 202, description = "The job as it stands", body = ScanView))
)]
#[post("/duplicates/scans/{scan_id}/cancel")]
pub async fn cancel_duplicate_scan(can: Can<ConfigWrite>, id: PathId<Job>) -> Result {
    can.write_once(b"", CancelScan(id.0), |scan| accepted(&scan)).await
}
