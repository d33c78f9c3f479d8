use leadwright_domain::{
    capture::Submission,
    fault::Refusal,
    ids::{LeadId, SubmissionId},
};
pub use leadwright_persistence::capture::SubmissionFilter;
use leadwright_persistence::{CommandError, DbError, Reader};

/// What came of a submission.
pub type Receipt = Submission;

/// What came of a submission, for whoever may read submissions.
///
/// # Errors
/// There is no such receipt, or the database failed.
pub async fn receipt(reader: &Reader, id: SubmissionId) -> Result<Receipt, CommandError> {
    let found = reader.submissions().get(id).await?.ok_or_else(|| Refusal::not_found("receipt"))?;
    Ok(followed(reader, vec![found]).await?.pop().ok_or_else(|| Refusal::not_found("receipt"))?)
}

/// What became of a lead that has been merged since is told of the one that it was merged into.
async fn followed(reader: &Reader, mut receipts: Vec<Receipt>) -> Result<Vec<Receipt>, DbError> {
    let leads: Vec<LeadId> = receipts.iter().filter_map(|receipt| receipt.lead_id).collect();
    let masters = reader.leads().masters_of(&leads).await?;
    for receipt in &mut receipts {
        receipt.lead_id = receipt.lead_id.map(|lead| masters.get(&lead).copied().unwrap_or(lead));
    }
    Ok(receipts)
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
    followed(reader, reader.submissions().list(filter, before, limit).await?).await
}
