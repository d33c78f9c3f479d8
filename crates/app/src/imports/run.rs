//! Doing an import: batch after batch from the checkpoint on, until it is over, stopped or somebody else's.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use leadwright_domain::{
    access::Scope,
    fault::Fault,
    ids::{Id, OrganizationId},
    imports::{Import, Phase, Progress},
};
use leadwright_persistence::{Call, Command, CommandError, DbError, Tx, jobs::Lease};
use serde_json::json;
use tokio::sync::watch;

use super::{
    batch::{Standing, TakeRows},
    columns::Columns,
    end::End,
    file::File,
    ready::make_ready,
    revert::TakeBack,
    review::{Beat, Findings, Reviewed},
    row::{Row, Said},
};
use crate::{App, Configuration};

/// How many rows go in with one transaction: the more, the less often the same pages and places in indexes are written.
const ROWS: usize = 1_000;
/// SQLite works within this process, whose memory has a limit.
const ROWS_ON_SQLITE: usize = 512;
/// How many while others want to write as well: they wait for a transaction, and PostgreSQL locks the keys of so few one by
/// one.
const FEW: usize = 20;
/// SQLite has one writer, for whom they wait: he is free most of the time, so that nearly all find him free or soon so.
const FEW_ON_SQLITE: usize = 8;
/// How many times as long as a few took the rest after them is.
const RESTS: u32 = 1;
const RESTS_ON_SQLITE: u32 = 3;
/// How many new leads the database is told of first, and how many times as many each time after that.
const GROWN: u64 = 2_000;
const GROWS: u64 = 3;
/// The longest rest after a few.
const LONGEST_REST: Duration = Duration::from_millis(50);
/// How often a job is taken up again without getting any further.
const MOST_ATTEMPTS: i64 = 20;

/// How many rows to begin with. Whoever held the job before and got no further was perhaps ended each time before so many
/// were in, so each attempt is content with less.
fn at_first(attempt: i64) -> usize {
    let earlier = attempt.saturating_sub(1).clamp(0, 8);
    (ROWS >> (2 * earlier)).max(1)
}

/// One import in the hands of a worker.
struct Work<'a> {
    app: &'a App,
    call: Call,
    import: Arc<Import>,
    lease: Lease,
    stop: &'a watch::Receiver<bool>,
}

/// Does a claimed import as far as it can be done now. An import whose claim is lost is left to whoever has it.
///
/// # Errors
/// The database failed; the import is taken up again when the claim has run out.
pub async fn run(
    app: &App,
    organization: OrganizationId,
    lease: Lease,
    stop: &watch::Receiver<bool>,
) -> Result<(), CommandError> {
    let call = app.call(Scope::system(organization), None);
    let import = app.db.read(&call).imports().get(Id::from_uuid(lease.job.uuid())).await?;
    let import = Arc::new(import.ok_or_else(|| DbError::corrupt("an import's job without an import"))?);
    let work = Work { app, call, import, lease, stop };
    if lease.attempt > MOST_ATTEMPTS {
        return work.fail("The import broke off again and again at the same row; the log tells why.").await;
    }
    let done = match work.import.phase {
        Phase::Review => work.review().await,
        Phase::Import => work.take_in().await,
        Phase::Revert => work.take_back().await,
    };
    match done {
        Err(CommandError::Db(DbError::Corrupt(why))) => {
            tracing::error!(import = %work.import.id, why, "an import can't go on");
            work.fail("The file can't be read any more; send it again: rows that are in are skipped.").await
        }
        other => other,
    }
}

impl Work<'_> {
    fn now(&self) -> Call {
        Call { now: self.app.clock.now(), ..self.call.clone() }
    }

    fn stopping(&self) -> bool {
        *self.stop.borrow()
    }

    fn most_rows(&self) -> usize {
        if self.app.db.is_postgres() { ROWS } else { ROWS_ON_SQLITE }
    }

    /// How many rows go together just now.
    fn at_once(&self) -> usize {
        match (self.app.traffic.lately(), self.app.db.is_postgres()) {
            (false, _) => self.most_rows(),
            (true, true) => FEW,
            (true, false) => FEW_ON_SQLITE,
        }
    }

    async fn settings(&self) -> Result<Arc<Configuration>, CommandError> {
        Ok(self.app.configuration(&self.call).await?)
    }

    fn began(&self) -> Progress {
        let began_at = self.import.progress.began_at.or(Some(self.app.clock.now()));
        Progress { began_at, ..self.import.progress.clone() }
    }

    async fn take_in(&self) -> Result<(), CommandError> {
        let mut file = File::open(self.app.db.read(&self.call), Arc::clone(&self.import));
        let mut standing = Standing {
            checkpoint: self.import.checkpoint,
            counts: self.import.counts,
            cleansed: self.import.cleansed.clone(),
            progress: self.began(),
        };
        let mut at_once = at_first(self.lease.attempt).min(self.most_rows());
        let mut rows = self.rows(&mut file, standing.checkpoint, at_once).await?;
        let mut grown = GROWN;
        while !self.stopping() {
            if rows.is_empty() {
                return self.end(standing.progress, None).await;
            }
            standing.progress.percent = file.percent();
            at_once = (at_once * 2).min(self.at_once());
            // The next rows are read while these are on their way into the database.
            let (committed, next) = tokio::join!(self.commit(rows, standing), self.rows(&mut file, 0, at_once));
            let Some(after) = committed? else { return Ok(()) };
            (standing, rows) = (after, next?);
            if standing.counts.created >= grown {
                grown = standing.counts.created.saturating_mul(GROWS);
                self.tell_grown();
            }
        }
        self.app.db.write(self.now(), Release(self.lease)).await
    }

    /// Tells the database beside the import, which does not wait for it.
    fn tell_grown(&self) {
        let db = self.app.db.clone();
        tokio::spawn(async move {
            if let Err(error) = db.grown().await {
                tracing::debug!(%error, "the database was not told that there are more leads");
            }
        });
    }

    /// The next rows, read. That takes the processor for a while, so it is done beside the work of others.
    async fn rows(&self, file: &mut File, from: u64, most: usize) -> Result<Vec<Row>, CommandError> {
        let (config, records) = (self.settings().await?, file.next(from, most).await?);
        let columns = Columns::of(&self.import, &config);
        let (import, now) = (Arc::clone(&self.import), self.app.clock.now());
        let read = move || {
            let row = |(position, record)| columns.read(position, record, &config);
            let mut rows: Vec<Row> = records.into_iter().map(row).collect();
            make_ready(&mut rows, &columns, &import, &config, now);
            rows
        };
        Ok(tokio::task::spawn_blocking(read).await.map_err(|error| DbError::Other(error.to_string()))?)
    }

    /// Commits rows, all at once where nobody waits, and otherwise a few at a time, with a rest after each, so that most of the
    /// others find nobody in their way.
    async fn commit(&self, mut rows: Vec<Row>, before: Standing) -> Result<Option<Standing>, CommandError> {
        let mut standing = before;
        while !rows.is_empty() {
            let (at_once, began) = (self.at_once(), Instant::now());
            let rest = rows.split_off(rows.len().min(at_once));
            match self.commit_together(rows, standing).await? {
                Some(after) => standing = after,
                None => return Ok(None),
            }
            rows = rest;
            if at_once < self.most_rows() {
                let times = if self.app.db.is_postgres() { RESTS } else { RESTS_ON_SQLITE };
                tokio::time::sleep((began.elapsed() * times).min(LONGEST_REST)).await;
            }
        }
        Ok(Some(standing))
    }

    /// Commits rows together. A database error halves them, down to the one row that can't be stored, which is rejected.
    async fn commit_together(&self, rows: Vec<Row>, before: Standing) -> Result<Option<Standing>, CommandError> {
        let (mut left, mut standing) = (vec![Arc::new(rows)], before);
        while let Some(rows) = left.pop() {
            let error = match self.try_commit(Arc::clone(&rows), &standing).await {
                Ok(Some(after)) => {
                    standing = after;
                    // Giving the memory of so much back takes a while, and the next rows wait.
                    tokio::task::spawn_blocking(move || drop(rows));
                    continue;
                }
                Ok(None) => return Ok(None),
                Err(error) if error.is_away() => return Err(error),
                Err(error) => error,
            };
            if rows.len() > 1 {
                let (first, second) = rows.split_at(rows.len() / 2);
                left.extend([second, first].map(|half| Arc::new(half.to_vec())));
                continue;
            }
            tracing::error!(import = %self.import.id, %error, "a row can't be stored");
            let reason = Fault::at_pointer("#", "not_stored", "The row could not be stored; the log tells why.");
            let rows = rows.iter().map(|row| Row { said: Said::Flawed(vec![reason.clone()]), ..row.clone() }).collect();
            match self.try_commit(Arc::new(rows), &standing).await? {
                Some(after) => standing = after,
                None => return Ok(None),
            }
        }
        Ok(Some(standing))
    }

    async fn try_commit(&self, rows: Arc<Vec<Row>>, before: &Standing) -> Result<Option<Standing>, CommandError> {
        let take = TakeRows {
            import: Arc::clone(&self.import),
            lease: self.lease,
            before: before.clone(),
            rows,
            configurations: Arc::clone(&self.app.configurations),
        };
        self.app.db.write(self.now(), take).await
    }

    /// Looks at all rows; again from the first where somebody was erased meanwhile, whom what was found may name.
    async fn review(&self) -> Result<(), CommandError> {
        while !self.reviewed().await? {}
        Ok(())
    }

    async fn reviewed(&self) -> Result<bool, CommandError> {
        let erased = self.app.db.read(&self.call).erasures().count().await?;
        let mut file = File::open(self.app.db.read(&self.call), Arc::clone(&self.import));
        let mut findings = Findings::of(&self.import);
        let mut progress = self.began();
        while !self.stopping() {
            let rows = self.rows(&mut file, 0, self.most_rows()).await?;
            if rows.is_empty() {
                progress = Progress { done: findings.read(), total: Some(findings.read()), percent: 100, ..progress };
                let reviewed = Reviewed::new(Arc::clone(&self.import), self.lease, &findings, progress, erased);
                return self.app.db.write(self.now(), reviewed).await;
            }
            let config = self.settings().await?;
            findings.look(self.app, &self.now(), &self.import, &rows, &config).await?;
            progress = Progress { done: findings.read(), percent: file.percent(), ..progress };
            if !self.app.db.write(self.now(), Beat { lease: self.lease, progress: progress.clone() }).await? {
                return Ok(true);
            }
        }
        self.app.db.write(self.now(), Release(self.lease)).await?;
        Ok(true)
    }

    async fn take_back(&self) -> Result<(), CommandError> {
        let mut before = self.import.reverted.unwrap_or_default();
        let mut progress = self.began();
        while !self.stopping() {
            let (import, lease) = (Arc::clone(&self.import), self.lease);
            let take = TakeBack { import, lease, before, progress };
            let Some(after) = self.app.db.write(self.now(), take).await? else { return Ok(()) };
            if after.over {
                return self.end(after.progress, None).await;
            }
            (before, progress) = (after.reverted, after.progress);
        }
        self.app.db.write(self.now(), Release(self.lease)).await
    }

    async fn fail(&self, why: &str) -> Result<(), CommandError> {
        let problem = json!({
            "type": "/problems/import-failed", "title": "The import could not be done", "status": 500, "detail": why,
            "code": "import-failed",
        });
        self.end(self.import.progress.clone(), Some(problem)).await
    }

    async fn end(&self, progress: Progress, problem: Option<serde_json::Value>) -> Result<(), CommandError> {
        let progress = match &problem {
            None => Progress { total: Some(progress.done), percent: 100, ..progress },
            Some(_) => progress,
        };
        let end = End { import: Arc::clone(&self.import), lease: self.lease, progress, problem };
        self.app.db.write(self.now(), end).await?;
        Ok(())
    }
}

/// Gives a claim back.
struct Release(Lease);

#[async_trait::async_trait]
impl Command for Release {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        Ok(tx.jobs().release(&self.0).await?)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_attempt_that_got_no_further_is_followed_by_a_smaller_one() {
        assert_eq!([1, 2, 3, 4, 5, 6].map(at_first), [1000, 250, 62, 15, 3, 1]);
        assert_eq!((at_first(0), at_first(MOST_ATTEMPTS), at_first(i64::MAX)), (1000, 1, 1));
    }
}
