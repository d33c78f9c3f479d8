//! What was posted to forms, kept as it came.

use leadwright_domain::{
    capture::{Submission, SubmissionState},
    ids::{CaptureFormId, Id, SubmissionId},
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, sea_query::Expr};

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
            replayed_at: Set(submission.replayed_at),
        };
        bulk::insert::<rows::Entity>(self.at.conn, submissions.iter().map(row).collect()).await
    }

    /// Notes what came of submissions that were taken in anew.
    ///
    /// # Errors
    /// The database failed.
    pub async fn update_all(&self, submissions: &[Submission]) -> Result<(), DbError> {
        for submission in submissions {
            self.at
                .scope
                .update::<rows::Entity>()
                .filter(rows::Column::Id.eq(submission.id.uuid()))
                .col_expr(rows::Column::State, Expr::value(submission.state.as_str()))
                .col_expr(rows::Column::LeadId, Expr::value(submission.lead_id.map(Id::uuid)))
                .col_expr(rows::Column::Outcome, Expr::value(submission.outcome.clone()))
                .col_expr(rows::Column::ReplayedAt, Expr::value(submission.replayed_at))
                .exec(&self.at.conn)
                .await?;
        }
        Ok(())
    }

    /// Submissions, newest first, before the one `before` if given; of one form or state where asked.
    ///
    /// # Errors
    /// The database failed.
    pub async fn list(
        &self,
        form: Option<CaptureFormId>,
        state: Option<SubmissionState>,
        before: Option<SubmissionId>,
        limit: u64,
    ) -> Result<Vec<Submission>, DbError> {
        let mut found = self.at.scope.find::<rows::Entity>();
        if let Some(form) = form {
            found = found.filter(rows::Column::FormId.eq(form.uuid()));
        }
        if let Some(state) = state {
            found = found.filter(rows::Column::State.eq(state.as_str()));
        }
        if let Some(before) = before {
            found = found.filter(rows::Column::Id.lt(before.uuid()));
        }
        let rows = found.order_by_desc(rows::Column::Id).limit(limit).all(&self.at.conn).await?;
        rows.into_iter().map(to_submission).collect()
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
        replayed_at: row.replayed_at,
    })
}
