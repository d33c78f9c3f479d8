use actix_web::post;
use leadwright_app::capture::{self, RejectSubmission};
use leadwright_domain::ids::kind::Submission;

use super::SubmissionView;
use crate::http::{Answer, Can, PathId, Result, can::SubmissionsRead};

/// Take a submission for spam
///
/// It is kept as `rejected`, and nobody is asked about it again; `release` still takes it in. One that has become a lead
/// answers 409. Doing it twice changes nothing further, so no idempotency key is needed.
#[utoipa::path(
    tag = "Submissions", operation_id = "rejectSubmission", security(("bearer" = ["submissions:read"])),
    params(("submission_id" = uuid::Uuid, Path, description = "The receipt id of the submission")),
    responses((status = 200, description = "The rejected submission", body = SubmissionView))
)]
#[post("/submissions/{submission_id}/reject")]
pub async fn reject_submission(can: Can<SubmissionsRead>, id: PathId<Submission>) -> Result {
    can.write(RejectSubmission(id.0)).await?;
    Ok(Answer::ok(&SubmissionView::from(capture::receipt(&can.read(), id.0).await?)))
}
