//! What was posted to forms, kept as it came.

use leadwright_domain::{
    capture::{Submission, SubmissionState},
    ids::{Id, SubmissionId},
};
use sea_orm::ActiveValue::Set;

use crate::{DbError, bulk, conn::repository, entities::submissions as rows, scope::Begin};

repository!(
    /// Submissions to the organization's forms.
    Submissions,
    submissions
);

impl Submissions<'_> {
    /// Records submissions with what came of them.
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert_all(&self, submissions: &[Submission]) -> Result<(), DbError> {
        let row = |submission: &Submission| rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(submission.id.uuid()),
            form_id: Set(submission.form_id.uuid()),
            received_at: Set(submission.received_at),
            content_type: Set(submission.content_type.clone()),
            headers: Set(submission.headers.clone()),
            body: Set(submission.body.clone()),
            address_hash: Set(submission.address_hash.clone()),
            state: Set(submission.state.as_str().to_owned()),
            lead_id: Set(submission.lead_id.map(Id::uuid)),
            outcome: Set(submission.outcome.clone()),
            replayed_at: Set(None),
        };
        bulk::insert::<rows::Entity>(self.at.conn, submissions.iter().map(row).collect()).await
    }

    /// One submission.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, id: SubmissionId) -> Result<Option<Submission>, DbError> {
        let row = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).one(&self.at.conn).await?;
        row.map(to_submission).transpose()
    }
}

fn to_submission(row: rows::Model) -> Result<Submission, DbError> {
    Ok(Submission {
        id: Id::from_uuid(row.id),
        form_id: Id::from_uuid(row.form_id),
        received_at: row.received_at,
        content_type: row.content_type,
        headers: row.headers,
        body: row.body,
        address_hash: row.address_hash,
        state: SubmissionState::parse(&row.state).ok_or_else(|| DbError::corrupt("state of a submission"))?,
        lead_id: row.lead_id.map(Id::from_uuid),
        outcome: row.outcome,
    })
}
