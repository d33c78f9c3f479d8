//! What was posted to forms, kept as it came.

use leadwright_domain::{
    capture::{Submission, SubmissionState},
    ids::{CaptureFormId, Id, LeadId, SubmissionId},
    time::Instant,
};
use sea_orm::{ActiveValue::Set, ColumnTrait, QueryFilter, QueryOrder, QuerySelect, Select, sea_query::Expr};

use serde::{Deserialize, Serialize};

use crate::{DbError, bulk, conn::repository, entities::submissions as rows, scope::Begin};

repository!(
    /// Submissions to the organization's forms.
    Submissions,
    submissions
);

/// Which submissions are wanted.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct SubmissionFilter {
    /// These, if not empty.
    pub ids: Vec<SubmissionId>,
    /// To this form.
    pub form: Option<CaptureFormId>,
    /// In one of these states, if not empty.
    pub states: Vec<SubmissionState>,
    /// That became or belong to this lead.
    pub lead: Option<LeadId>,
    /// Not before.
    pub received_after: Option<Instant>,
    /// Before.
    pub received_before: Option<Instant>,
}

impl SubmissionFilter {
    fn of(&self, mut found: Select<rows::Entity>) -> Select<rows::Entity> {
        if !self.ids.is_empty() {
            found = found.filter(rows::Column::Id.is_in(self.ids.iter().map(|id| id.uuid())));
        }
        if let Some(form) = self.form {
            found = found.filter(rows::Column::FormId.eq(form.uuid()));
        }
        match self.states.as_slice() {
            [] => {}
            [state] => found = found.filter(rows::Column::State.eq(state.as_str())),
            states => found = found.filter(rows::Column::State.is_in(states.iter().map(|state| state.as_str()))),
        }
        if let Some(lead) = self.lead {
            found = found.filter(rows::Column::LeadId.eq(lead.uuid()));
        }
        if let Some(after) = self.received_after {
            found = found.filter(rows::Column::ReceivedAt.gte(after)).filter(rows::Column::Id.gte(first_of(after, -1)));
        }
        if let Some(before) = self.received_before {
            found = found.filter(rows::Column::ReceivedAt.lt(before)).filter(rows::Column::Id.lt(first_of(before, 1)));
        }
        found
    }
}

/// The first id that is given out a day before or after an instant: ids follow the time, so that the key bounds the rows
/// that are looked at.
fn first_of(at: Instant, days: i64) -> uuid::Uuid {
    let millis = at.timestamp_millis().saturating_add(days * 86_400_000).clamp(0, (1 << 48) - 1).unsigned_abs();
    uuid::Builder::from_unix_timestamp_millis(millis, &[0; 10]).into_uuid()
}

/// Where a submission stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Held {
    /// Which.
    pub id: SubmissionId,
    /// What came of it so far.
    pub state: SubmissionState,
    /// The lead it became or belongs to.
    pub lead_id: Option<LeadId>,
}

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

    /// Notes what came of submissions that were taken in anew; those that were erased meanwhile stay so.
    ///
    /// # Errors
    /// The database failed.
    pub async fn update_all(&self, submissions: &[Submission]) -> Result<(), DbError> {
        for submission in submissions {
            self.at
                .scope
                .update::<rows::Entity>()
                .filter(rows::Column::Id.eq(submission.id.uuid()))
                .filter(rows::Column::State.ne(SubmissionState::Erased.as_str()))
                .col_expr(rows::Column::State, Expr::value(submission.state.as_str()))
                .col_expr(rows::Column::LeadId, Expr::value(submission.lead_id.map(Id::uuid)))
                .col_expr(rows::Column::Outcome, Expr::value(submission.outcome.clone()))
                .col_expr(rows::Column::ReplayedAt, Expr::value(submission.replayed_at))
                .exec(&self.at.conn)
                .await?;
        }
        Ok(())
    }

    /// Submissions, newest first, before the one `before` if given.
    ///
    /// # Errors
    /// The database failed.
    pub async fn list(
        &self,
        filter: &SubmissionFilter,
        before: Option<SubmissionId>,
        limit: u64,
    ) -> Result<Vec<Submission>, DbError> {
        let mut found = filter.of(self.at.scope.find::<rows::Entity>());
        if let Some(before) = before {
            found = found.filter(rows::Column::Id.lt(before.uuid()));
        }
        let rows = found.order_by_desc(rows::Column::Id).limit(limit).all(&self.at.conn).await?;
        rows.into_iter().map(to_submission).collect()
    }

    /// The ids of submissions, oldest first, after the one `after` if given.
    ///
    /// # Errors
    /// The database failed.
    pub async fn ids(
        &self,
        filter: &SubmissionFilter,
        after: Option<SubmissionId>,
        limit: u64,
    ) -> Result<Vec<SubmissionId>, DbError> {
        let mut found = filter.of(self.at.scope.find::<rows::Entity>());
        if let Some(after) = after {
            found = found.filter(rows::Column::Id.gt(after.uuid()));
        }
        let ids = found.select_only().column(rows::Column::Id).order_by_asc(rows::Column::Id).limit(limit);
        let ids: Vec<uuid::Uuid> = ids.into_tuple().all(&self.at.conn).await?;
        Ok(ids.into_iter().map(Id::from_uuid).collect())
    }

    /// How many there are.
    ///
    /// # Errors
    /// The database failed.
    pub async fn count(&self, filter: &SubmissionFilter) -> Result<u64, DbError> {
        let found = filter.of(self.at.scope.find::<rows::Entity>()).select_only();
        let number: Option<i64> =
            found.column_as(rows::Column::Id.count(), "n").into_tuple().one(&self.at.conn).await?;
        Ok(number.unwrap_or(0).unsigned_abs())
    }

    /// Where submissions stand, held until the transaction ends, so that nobody else takes them in meanwhile.
    ///
    /// # Errors
    /// The database failed.
    pub async fn hold(&self, ids: &[SubmissionId]) -> Result<Vec<Held>, DbError> {
        let ids = ids.iter().map(|id| id.uuid());
        let found = self.at.scope.find::<rows::Entity>().filter(rows::Column::Id.is_in(ids));
        let columns = [rows::Column::Id, rows::Column::State, rows::Column::LeadId];
        let found = found.select_only().columns(columns).order_by_asc(rows::Column::Id).lock_exclusive();
        let found: Vec<(uuid::Uuid, String, Option<uuid::Uuid>)> = found.into_tuple().all(&self.at.conn).await?;
        let held = |(id, state, lead): (uuid::Uuid, String, Option<uuid::Uuid>)| {
            Ok(Held { id: Id::from_uuid(id), state: to_state(&state)?, lead_id: lead.map(Id::from_uuid) })
        };
        found.into_iter().map(held).collect()
    }

    /// Sets the state of a submission that is held.
    ///
    /// # Errors
    /// The database failed.
    pub async fn set_state(&self, id: SubmissionId, state: SubmissionState) -> Result<(), DbError> {
        let update = self.at.scope.update::<rows::Entity>().filter(rows::Column::Id.eq(id.uuid()));
        update.col_expr(rows::Column::State, Expr::value(state.as_str())).exec(&self.at.conn).await?;
        Ok(())
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
        state: to_state(&row.state)?,
        lead_id: row.lead_id.map(Id::from_uuid),
        outcome: row.outcome,
        replayed_at: row.replayed_at,
    })
}

fn to_state(word: &str) -> Result<SubmissionState, DbError> {
    SubmissionState::parse(word).ok_or_else(|| DbError::corrupt("state of a submission"))
}
