//! Long work: rows that workers claim with a lease, and give up when it is lost.

use leadwright_domain::{
    ids::{Id, JobId, OrganizationId},
    imports::JobState,
    time::Instant,
};
use sea_orm::{
    ActiveValue::Set,
    ColumnTrait, ConnectionTrait, DatabaseConnection, QueryFilter, Statement, UpdateMany, Value,
    sea_query::{Expr, ExprTrait},
};
use serde_json::{Value as Json, json};
use uuid::Uuid;

use crate::{
    Db, DbError,
    conn::repository,
    dialect::{clock, locks},
    entities::jobs as rows,
    scope::Begin,
};

repository!(
    /// The organization's jobs.
    Jobs,
    jobs
);

/// How long a claim holds without a sign of life, in milliseconds.
pub const LEASE_MILLIS: i64 = 30_000;

/// A claim: as long as it holds, nobody else works on the job.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Lease {
    /// The job.
    pub job: JobId,
    /// Proof of the claim.
    pub token: Uuid,
    /// How often it was claimed since it last got further.
    pub attempt: i64,
}

/// A job to be done.
#[derive(Clone, Debug)]
pub struct NewJob {
    /// Which.
    pub id: JobId,
    /// What kind of work.
    pub kind: &'static str,
    /// What the work needs to know.
    pub payload: Json,
}

/// What changes with a step of a job.
#[derive(Clone, Debug, Default)]
pub struct Step {
    /// The new state, where it changes; the claim ends with it.
    pub state: Option<JobState>,
    /// What the work needs to know from here on.
    pub payload: Option<Json>,
    /// How far it is.
    pub progress: Option<Json>,
    /// What came of it so far.
    pub result: Option<Json>,
    /// Why it failed.
    pub problem: Option<Json>,
    /// Not before when it goes on, where it is not at once.
    pub run_at: Option<Instant>,
}

/// A job as it stands.
#[derive(Clone, Debug)]
pub struct StoredJob {
    /// Which.
    pub id: JobId,
    /// Counts changes.
    pub version: i64,
    /// Where it stands.
    pub state: JobState,
    /// What the work needs to know from here on.
    pub payload: Json,
    /// How far it is.
    pub progress: Json,
    /// What came of it so far.
    pub result: Json,
    /// Why it failed.
    pub problem: Option<Json>,
    /// When it was ordered.
    pub created_at: Instant,
    /// When it ended.
    pub finished_at: Option<Instant>,
}

impl Jobs<'_> {
    /// A job of this kind.
    ///
    /// # Errors
    /// The database failed.
    pub async fn get(&self, kind: &'static str, id: JobId) -> Result<Option<StoredJob>, DbError> {
        let found = self.at.scope.find_by_id::<rows::Entity>(id.uuid()).filter(rows::Column::Kind.eq(kind));
        let Some(row) = found.one(&self.at.conn).await? else { return Ok(None) };
        Ok(Some(StoredJob {
            id,
            version: row.version,
            state: JobState::parse(&row.state).ok_or_else(|| DbError::corrupt("state of a job"))?,
            payload: row.payload,
            progress: row.progress,
            result: row.result,
            problem: row.problem,
            created_at: row.created_at,
            finished_at: row.finished_at,
        }))
    }

    /// Whether a job of this kind is being done.
    ///
    /// # Errors
    /// The database failed.
    pub async fn is_running(&self, kind: &'static str) -> Result<bool, DbError> {
        let running = rows::Column::State.eq(JobState::Running.as_str());
        let found = self.at.scope.find::<rows::Entity>().filter(rows::Column::Kind.eq(kind)).filter(running);
        Ok(found.one(&self.at.conn).await?.is_some())
    }

    /// Writes a new job, due at once.
    ///
    /// # Errors
    /// The database failed.
    pub async fn insert(&self, job: &NewJob) -> Result<(), DbError> {
        let row = rows::ActiveModel {
            organization_id: Set(self.at.organization()),
            id: Set(job.id.uuid()),
            version: Set(1),
            kind: Set(job.kind.to_owned()),
            state: Set(JobState::Queued.as_str().to_owned()),
            payload: Set(job.payload.clone()),
            progress: Set(json!({})),
            result: Set(json!({})),
            problem: Set(None),
            run_at: Set(self.at.now),
            lease_token: Set(None),
            lease_until: Set(None),
            attempt: Set(0),
            unique_key: Set(None),
            created_at: Set(self.at.now),
            updated_at: Set(self.at.now),
            finished_at: Set(None),
        };
        self.at.scope.insert::<rows::Entity, _>(row).exec_without_returning(&self.at.conn).await?;
        Ok(())
    }

    /// Claims a job of this kind that is due, unless another of the kind is being done.
    ///
    /// # Errors
    /// The database failed.
    pub async fn claim(&self, kind: &'static str, token: Uuid) -> Result<Option<Lease>, DbError> {
        // Two nodes that claim different jobs of one kind at the same moment would not see each other's.
        if !locks::try_key(self.at.conn, self.at.organization(), "claim", kind).await? {
            return Ok(None);
        }
        let backend = self.at.backend();
        let (now, skip) = (clock::now_millis(backend), clock::skip_locked(backend));
        // `=`, not `IN`: PostgreSQL may run the subquery of an `IN` again for each row, and each run claims another job.
        let sql = format!(
            "UPDATE jobs SET state = 'running', version = version + 1, attempt = attempt + 1, lease_token = $2, \
             lease_until = {now} + {LEASE_MILLIS}, updated_at = $3 WHERE organization_id = $1 AND id = (\
             SELECT id FROM jobs WHERE organization_id = $1 AND kind = $4 AND (state = 'queued' OR state = 'running') \
             AND run_at <= $3 AND (lease_until IS NULL OR lease_until < {now}) AND NOT EXISTS (\
             SELECT 1 FROM jobs AS busy WHERE busy.organization_id = $1 AND busy.kind = $4 AND busy.state = 'running' \
             AND busy.lease_until >= {now}) ORDER BY run_at, id LIMIT 1{skip}) RETURNING id, attempt"
        );
        let values: [Value; 4] = [self.at.organization().into(), token.into(), self.at.now.into(), kind.into()];
        let row = self.at.conn.query_one_raw(Statement::from_sql_and_values(backend, sql, values)).await?;
        let Some(row) = row else { return Ok(None) };
        let id: Uuid = row.try_get("", "id")?;
        Ok(Some(Lease { job: Id::from_uuid(id), token, attempt: row.try_get("", "attempt")? }))
    }

    /// The first statement of every transaction of a job: notes what came of the step and renews the claim. `false`
    /// where the claim is lost: the transaction must not write anything else then.
    ///
    /// # Errors
    /// The database failed.
    pub async fn step(&self, lease: &Lease, step: &Step) -> Result<bool, DbError> {
        let until = format!("{} + {LEASE_MILLIS}", clock::now_millis(self.at.backend()));
        let mut update = self
            .change(lease.job, step)
            .filter(rows::Column::LeaseToken.eq(lease.token))
            .filter(rows::Column::State.eq(JobState::Running.as_str()))
            .col_expr(rows::Column::Attempt, Expr::value(0_i64));
        update = match step.state {
            None => update.col_expr(rows::Column::LeaseUntil, Expr::cust(until)),
            Some(_) => unleased(update),
        };
        Ok(update.exec(&self.at.conn).await?.rows_affected == 1)
    }

    /// Changes a job that nobody has to hold, if it is in one of these states still; whoever works on it loses the
    /// claim.
    ///
    /// # Errors
    /// The database failed.
    pub async fn change_from(&self, id: JobId, from: &[JobState], step: &Step) -> Result<bool, DbError> {
        let states = from.iter().map(|state| state.as_str());
        let update = unleased(self.change(id, step)).filter(rows::Column::State.is_in(states));
        Ok(update.exec(&self.at.conn).await?.rows_affected == 1)
    }

    /// Gives a claim back, so that another worker need not wait until it runs out.
    ///
    /// # Errors
    /// The database failed.
    pub async fn release(&self, lease: &Lease) -> Result<(), DbError> {
        let held = self.change(lease.job, &Step::default()).filter(rows::Column::LeaseToken.eq(lease.token));
        unleased(held).exec(&self.at.conn).await?;
        Ok(())
    }

    fn change(&self, id: JobId, step: &Step) -> UpdateMany<rows::Entity> {
        let mut update = self
            .at
            .scope
            .update::<rows::Entity>()
            .filter(rows::Column::Id.eq(id.uuid()))
            .col_expr(rows::Column::Version, Expr::col(rows::Column::Version).add(1_i64))
            .col_expr(rows::Column::UpdatedAt, Expr::value(self.at.now));
        if let Some(state) = step.state {
            update = update.col_expr(rows::Column::State, Expr::value(state.as_str()));
            if state.is_final() {
                update = update.col_expr(rows::Column::FinishedAt, Expr::value(self.at.now));
            }
        }
        if let Some(run_at) = step.run_at {
            update = update.col_expr(rows::Column::RunAt, Expr::value(run_at));
        }
        let documents = [
            (rows::Column::Payload, &step.payload),
            (rows::Column::Progress, &step.progress),
            (rows::Column::Result, &step.result),
            (rows::Column::Problem, &step.problem),
        ];
        for (column, document) in documents {
            if let Some(document) = document {
                update = update.col_expr(column, Expr::value(document.clone()));
            }
        }
        update
    }
}

fn unleased(update: UpdateMany<rows::Entity>) -> UpdateMany<rows::Entity> {
    update
        .col_expr(rows::Column::LeaseToken, Expr::value(None::<Uuid>))
        .col_expr(rows::Column::LeaseUntil, Expr::value(None::<i64>))
}

impl Db {
    /// The organizations that have a job to be done. Nothing is locked: whoever claims one finds out whether it is
    /// still there.
    ///
    /// # Errors
    /// The database failed.
    pub async fn organizations_with_due_jobs(&self, now: Instant) -> Result<Vec<OrganizationId>, DbError> {
        due(self.reader_pool(), now).await
    }
}

async fn due(pool: &DatabaseConnection, now: Instant) -> Result<Vec<OrganizationId>, DbError> {
    let backend = pool.get_database_backend();
    let sql = format!(
        "SELECT DISTINCT organization_id FROM jobs WHERE (state = 'queued' OR state = 'running') AND run_at <= $1 \
         AND (lease_until IS NULL OR lease_until < {})",
        clock::now_millis(backend)
    );
    let rows = pool.query_all_raw(Statement::from_sql_and_values(backend, sql, [now.into()])).await?;
    let id = |row: &sea_orm::QueryResult| Ok(Id::from_uuid(row.try_get::<Uuid>("", "organization_id")?));
    rows.iter().map(id).collect()
}
