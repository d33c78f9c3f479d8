use actix_web::get;
use leadwright_app::capture;
use leadwright_domain::ids::kind::Submission;

use crate::{
    http::{Answer, Can, PathId, Result, can::SubmissionsRead},
    leads::cleansing::SubmissionCleansing,
};

/// Read what is not kept of a submission as it came
///
/// Field by field what arrived, what is kept and by which rule, told from the body as it was kept and the form as it is now:
/// nothing is written. In `errors` is why it can't be taken in, if it can't.
#[utoipa::path(
    tag = "Submissions", operation_id = "getSubmissionCleansing", security(("bearer" = ["submissions:read"])),
    params(("submission_id" = uuid::Uuid, Path, description = "The receipt id of the submission")),
    responses((status = 200, description = "What was changed", body = SubmissionCleansing))
)]
#[get("/submissions/{submission_id}/cleansing")]
pub async fn get_submission_cleansing(can: Can<SubmissionsRead>, id: PathId<Submission>) -> Result {
    let config = can.ask.app.configuration(&can.call()).await?;
    let found = capture::cleansing(&can.read(), &config, id.0).await?;
    Ok(Answer::ok(&SubmissionCleansing::from(found)))
}
