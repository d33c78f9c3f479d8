use actix_web::post;
use leadwright_app::capture;
use leadwright_domain::ids::kind::Submission;

use super::SubmissionView;
use crate::http::{Answer, Can, PathId, Result, can::SubmissionsRead};

/// Release a submission from quarantine
///
/// It becomes a lead or tells something of a known one, as if it had not been suspected. One that is not in quarantine, or
/// was released already, answers 409; so no idempotency key is needed.
#[utoipa::path(
    tag = "Submissions", operation_id = "releaseSubmission", security(("bearer" = ["submissions:read"])),
    params(("submission_id" = uuid::Uuid, Path, description = "The receipt id of the submission")),
    responses((status = 200, description = "The submission and what came of it", body = SubmissionView))
)]
#[post("/submissions/{submission_id}/release")]
pub async fn release_submission(can: Can<SubmissionsRead>, id: PathId<Submission>) -> Result {
    let released = capture::release(&can.ask.app, can.call(), id.0).await?;
    Ok(Answer::ok(&SubmissionView::from(released)))
}
