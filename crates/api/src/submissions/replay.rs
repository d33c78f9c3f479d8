use actix_web::post;
use leadwright_app::capture;
use leadwright_domain::ids::kind::Submission;

use super::SubmissionView;
use crate::http::{Answer, Can, PathId, Result, can::SubmissionsRead};

/// Take a submission in anew
///
/// With the form's mapping as it is now: what failed or was mapped wrongly comes right without being posted again. Replaying
/// twice changes nothing further, so no idempotency key is needed. The answer says what came of it this time.
#[utoipa::path(
    tag = "Submissions", operation_id = "replaySubmission", security(("bearer" = ["submissions:read"])),
    params(("submission_id" = uuid::Uuid, Path, description = "The receipt id of the submission")),
    responses((status = 200, description = "The submission and what came of it", body = SubmissionView))
)]
#[post("/submissions/{submission_id}/replay")]
pub async fn replay_submission(can: Can<SubmissionsRead>, id: PathId<Submission>) -> Result {
    let replayed = capture::replay(&can.ask.app, can.call(), id.0).await?;
    Ok(Answer::ok(&SubmissionView::from(replayed)))
}
