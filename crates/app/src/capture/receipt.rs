use leadwright_domain::{capture::Submission, fault::Refusal, ids::SubmissionId};
pub use leadwright_persistence::capture::SubmissionFilter;
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

/// Submissions, newest first, before the one `before` if given.
///
/// # Errors
/// The database failed.
pub async fn list(
    reader: &Reader,
    filter: &SubmissionFilter,
    before: Option<SubmissionId>,
    limit: u64,
) -> Result<Vec<Receipt>, DbError> {
    reader.submissions().list(filter, before, limit).await
}
