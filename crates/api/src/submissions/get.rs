use actix_web::get;
use leadwright_app::capture;
use leadwright_domain::ids::kind::Submission;

use super::SubmissionView;
use crate::http::{Answer, Can, PathId, Result, can::SubmissionsRead};

/// Read a submission
///
/// What was posted, and what came of it: the receipt's other half.
#[utoipa::path(
    tag = "Submissions", operation_id = "getSubmission", security(("bearer" = ["submissions:read"])),
    params(("submission_id" = uuid::Uuid, Path, description = "The receipt id of the submission")),
    responses((status = 200, description = "The submission", body = SubmissionView))
)]
#[get("/submissions/{submission_id}")]
pub async fn get_submission(can: Can<SubmissionsRead>, id: PathId<Submission>) -> Result {
    Ok(Answer::ok(&SubmissionView::from(capture::receipt(&can.read(), id.0).await?)))
}
