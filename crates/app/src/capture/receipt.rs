use leadwright_domain::{capture::Submission, fault::Refusal, ids::SubmissionId};
use leadwright_persistence::{CommandError, Reader};

/// What came of a submission.
pub type Receipt = Submission;

/// What came of a submission, for whoever may read submissions.
///
/// # Errors
/// There is no such receipt, or the database failed.
pub async fn receipt(reader: &Reader, id: SubmissionId) -> Result<Receipt, CommandError> {
    Ok(reader.submissions().get(id).await?.ok_or_else(|| Refusal::not_found("receipt"))?)
}
