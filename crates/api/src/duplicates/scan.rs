use actix_web::post;
use leadwright_app::duplicates::BeginScan;

use super::scan_view::{ScanView, accepted};
use crate::http::{Can, Result, can::ConfigWrite};

/// Look for duplicates among all leads
///
/// Leads that come or change are compared anyway; this compares everybody once more, for instance after the threshold was
/// changed. It is a job, survives restarts, and can be cancelled. While one is under way, it is the answer.
#[utoipa::path(
    tag = "Duplicates", operation_id = "scanDuplicates", security(("bearer" = ["config:write"])),
    responses((status = 202, description = "The job", body = ScanView, headers(("Location" = String, description = "Where the job lives"))))
)]
#[post("/duplicates/scan")]
pub async fn scan_duplicates(can: Can<ConfigWrite>) -> Result {
    let answer = can.write_once(b"", BeginScan, |scan| accepted(&scan)).await?;
    can.ask.app.work.notify_one();
    Ok(answer)
}
