//! Comparing all leads of an organization (spec DUP-5): a job that goes on where it was.

use std::collections::BTreeSet;

use leadwright_domain::{
    access::Scope,
    duplicates::{DuplicateScan, ScanCounts},
    events::{EventKind, NewEvent},
    fault::{Problem, Refusal},
    ids::{JobId, LeadId, OrganizationId},
    imports::{JobState, Progress},
};
use leadwright_persistence::{
    Call, Command, CommandError, Reader, Tx,
    duplicates::SCAN,
    jobs::{Lease, NewJob, Step},
};
use serde_json::json;
use tokio::sync::watch;

use super::examine::{Examined, examine};
use crate::App;

/// How many leads are compared with one transaction.
const LEADS: u64 = 250;
/// How often a job is taken up again without getting any further.
const MOST_ATTEMPTS: i64 = 20;

/// Asks that all leads be compared. Where that is being done already, it is the answer.
#[derive(Clone, Copy, Debug)]
pub struct BeginScan;

#[async_trait::async_trait]
impl Command for BeginScan {
    type Out = DuplicateScan;

    async fn run(&self, tx: &Tx) -> Result<DuplicateScan, CommandError> {
        if let Some(scan) = tx.duplicates().open_scan().await? {
            return Ok(scan);
        }
        let id: JobId = tx.new_id();
        tx.jobs().insert(&NewJob { id, kind: SCAN, payload: json!({}) }).await?;
        tx.append(changed(id, "created"));
        scan_of(tx, id).await
    }
}

/// Stops a scan; what it has found stays.
#[derive(Clone, Copy, Debug)]
pub struct CancelScan(pub JobId);

#[async_trait::async_trait]
impl Command for CancelScan {
    type Out = DuplicateScan;

    async fn run(&self, tx: &Tx) -> Result<DuplicateScan, CommandError> {
        let scan = scan_of(tx, self.0).await?;
        let step = Step { state: Some(JobState::Cancelled), ..Step::default() };
        if !tx.jobs().change_from(self.0, &[JobState::Queued, JobState::Running], &step).await? {
            let refusal = Refusal::new(Problem::StateConflict, "The scan is over; there is nothing to stop.");
            return Err(refusal.with("state", scan.state.as_str()).into());
        }
        tx.append(changed(self.0, "cancelled"));
        scan_of(tx, self.0).await
    }
}

async fn scan_of(tx: &Tx, id: JobId) -> Result<DuplicateScan, CommandError> {
    Ok(tx.duplicates().scan(id).await?.ok_or_else(|| Refusal::not_found("scan"))?)
}

/// One scan.
///
/// # Errors
/// There is none of this id, or the database failed.
pub async fn scan(reader: &Reader, id: JobId) -> Result<DuplicateScan, CommandError> {
    Ok(reader.duplicates().scan(id).await?.ok_or_else(|| Refusal::not_found("scan"))?)
}

fn changed(id: JobId, change: &str) -> NewEvent {
    NewEvent::of(EventKind::DuplicateScanChanged, "duplicate_scan", id.uuid(), json!({"change": change}))
}

/// Does a claimed scan as far as it can be done now.
///
/// # Errors
/// The database failed; the scan is taken up again when the claim has run out.
pub async fn run(
    app: &App,
    organization: OrganizationId,
    lease: Lease,
    stop: &watch::Receiver<bool>,
) -> Result<(), CommandError> {
    let call = app.call(Scope::system(organization), None);
    let now = || Call { now: app.clock.now(), ..call.clone() };
    let mut scan = scan(&app.db.read(&call), lease.job).await?;
    if lease.attempt > MOST_ATTEMPTS {
        app.db.write(now(), End { lease, progress: scan.progress, failed: true }).await?;
        return Ok(());
    }
    scan.progress.began_at = scan.progress.began_at.or(Some(call.now));
    while !*stop.borrow() {
        let reader = app.db.read(&call);
        if scan.progress.total.is_none() {
            scan.progress.total = Some(reader.leads().count_there().await?);
        }
        let leads = reader.leads().there_after(scan.after, LEADS).await?;
        let Some(last) = leads.last().copied() else {
            app.db.write(now(), End { lease, progress: scan.progress, failed: false }).await?;
            return Ok(());
        };
        let config = app.configuration(&call).await?;
        let examined = examine(&reader, &config, &leads).await?;
        let step = Advance { lease, examined, last, progress: scan.progress.clone(), counts: scan.counts };
        match app.db.write(now(), step).await? {
            Some((progress, counts)) => (scan.progress, scan.counts, scan.after) = (progress, counts, Some(last)),
            None => return Ok(()),
        }
    }
    app.db.write(now(), Release(lease)).await
}

/// Writes what one step of a scan found. `None` where the claim is lost: nothing was written.
struct Advance {
    lease: Lease,
    examined: Examined,
    last: LeadId,
    progress: Progress,
    counts: ScanCounts,
}

#[async_trait::async_trait]
impl Command for Advance {
    type Out = Option<(Progress, ScanCounts)>;

    async fn run(&self, tx: &Tx) -> Result<Self::Out, CommandError> {
        if !tx.jobs().step(&self.lease, &Step::default()).await? {
            return Ok(None);
        }
        let ids: Vec<LeadId> = self.examined.leads.iter().map(|(id, _)| *id).collect();
        let now: BTreeSet<(LeadId, i64)> = tx.leads().versions(&ids).await?.into_iter().collect();
        let changed = self.examined.leads.iter().filter(|read| !now.contains(read)).map(|(id, _)| *id).collect();
        let found = self.examined.clone().without(&changed).write(tx).await?;
        let counts = ScanCounts {
            examined: self.counts.examined + ids.len() as u64,
            found: self.counts.found + found.found,
            closed: self.counts.closed + found.closed,
        };
        let total = self.progress.total.map(|total| total.max(counts.examined));
        let percent = total.filter(|total| *total > 0).map_or(0, |total| counts.examined * 100 / total);
        let progress = Progress { done: counts.examined, total, percent, began_at: self.progress.began_at };
        let step = Step {
            payload: Some(json!({"after": self.last})),
            progress: Some(json!(progress)),
            result: Some(json!(counts)),
            ..Step::default()
        };
        Ok(tx.jobs().step(&self.lease, &step).await?.then_some((progress, counts)))
    }
}

/// Ends a scan. `false` where the claim is lost: nothing was written.
struct End {
    lease: Lease,
    progress: Progress,
    failed: bool,
}

#[async_trait::async_trait]
impl Command for End {
    type Out = bool;

    async fn run(&self, tx: &Tx) -> Result<bool, CommandError> {
        let state = if self.failed { JobState::Failed } else { JobState::Succeeded };
        let problem = self.failed.then(|| {
            json!({
                "type": "/problems/internal-error", "title": "Internal error", "status": 500, "code": "internal-error",
                "detail": "The scan broke off again and again at the same leads; the log tells why.",
            })
        });
        let progress = match self.failed {
            true => self.progress.clone(),
            false => Progress { total: Some(self.progress.done), percent: 100, ..self.progress.clone() },
        };
        let step = Step { state: Some(state), progress: Some(json!(progress)), problem, ..Step::default() };
        if !tx.jobs().step(&self.lease, &step).await? {
            return Ok(false);
        }
        tx.append(changed(self.lease.job, state.as_str()));
        Ok(true)
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
