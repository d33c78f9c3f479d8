use leadwright_domain::{
    capture::{Submission, SubmissionState},
    fault::Refusal,
    ids::{CaptureFormId, SubmissionId},
};
use leadwright_persistence::{CommandError, DbError, Reader};

/// What came of a submission.
pub type Receipt = Submission;

/// What came of a submission, for whoever may read submissions.
///
/// # Errors
/// There is no such receipt, or the database failed.
pub async fn receipt(reader: &Reader, id: SubmissionId) -> Result<Receipt, CommandError> {
    Ok(reader.submissions().get(id).await?.ok_or_else(|| Refusal::not_found("receipt"))?)
}

/// Submissions, newest first, before the one `before` if given; of one form or state where asked.
///
/// # Errors
/// The database failed.
pub async fn list(
    reader: &Reader,
    form: Option<CaptureFormId>,
    state: Option<SubmissionState>,
    before: Option<SubmissionId>,
    limit: u64,
) -> Result<Vec<Receipt>, DbError> {
    reader.submissions().list(form, state, before, limit).await
}
