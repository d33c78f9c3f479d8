//! Long work: claimed one job at a time per organization and kind, by whichever worker is free.

use std::time::Duration;

use leadwright_domain::{
    access::Scope,
    ids::{Id, OrganizationId},
    imports::JobState,
};
use leadwright_persistence::{
    Command, CommandError, DbError, Tx,
    bulk_actions::BULK,
    duplicates::SCAN,
    imports::KIND,
    jobs::{Lease, Step},
};
use serde_json::json;
use tokio::{sync::watch, task::JoinSet};
use uuid::Uuid;

use crate::{
    App, bulk_actions,
    capture::{self, FETCH, REPLAY_KIND},
    duplicates, imports,
};

/// How many jobs one process does at a time.
const AT_ONCE: usize = 4;
/// How long to wait before looking again, where nobody says that there is work.
const LOOK_AGAIN: Duration = Duration::from_secs(1);

/// The kinds of work, the most urgent first.
const KINDS: [&str; 5] = [FETCH, BULK, KIND, REPLAY_KIND, SCAN];

/// Claims a job, of whichever kind.
struct Claim(Uuid);

#[async_trait::async_trait]
impl Command for Claim {
    type Out = Option<Claimed>;

    async fn run(&self, tx: &Tx) -> Result<Option<Claimed>, CommandError> {
        for kind in KINDS {
            if let Some(lease) = tx.jobs().claim(kind, self.0).await? {
                return Ok(Some(Claimed { kind, lease }));
            }
        }
        Ok(None)
    }
}

/// A job in the hands of this worker.
#[derive(Clone, Copy, Debug)]
struct Claimed {
    kind: &'static str,
    lease: Lease,
}

async fn claim(app: &App, organization: OrganizationId) -> Result<Option<Claimed>, CommandError> {
    app.db.write(app.call(Scope::system(organization), None), Claim(Uuid::now_v7())).await
}

async fn work(app: &App, organization: OrganizationId, claimed: Claimed, stop: &watch::Receiver<bool>) {
    let Claimed { kind, lease } = claimed;
    let done = match kind {
        FETCH => capture::fetch(app, organization, lease).await,
        BULK => bulk_actions::run(app, organization, lease, stop).await,
        SCAN => duplicates::run_scan(app, organization, lease, stop).await,
        REPLAY_KIND => capture::run_replays(app, app.call(Scope::system(organization), None), lease, stop).await,
        _ => imports::run(app, organization, lease, stop).await,
    };
    match done {
        Ok(()) => {}
        Err(CommandError::Db(DbError::Corrupt(why))) => {
            tracing::error!(job = %lease.job, %organization, why, "a job can't be read; it is given up");
            let call = app.call(Scope::system(organization), None);
            if let Err(error) = app.db.write(call, GiveUp(claimed)).await {
                tracing::warn!(job = %lease.job, %organization, %error, "a job could not be given up");
            }
        }
        Err(error) => {
            tracing::warn!(job = %lease.job, %organization, %error, "a job broke off; it is taken up again");
        }
    }
}

/// Ends a job that nobody can read, so that it is not taken up for ever; where the claim is lost, nothing is written.
struct GiveUp(Claimed);

#[async_trait::async_trait]
impl Command for GiveUp {
    type Out = ();

    async fn run(&self, tx: &Tx) -> Result<(), CommandError> {
        let Claimed { kind, lease } = self.0;
        let problem = json!({
            "type": "/problems/internal-error", "title": "The job could not be done", "status": 500,
            "detail": "What is stored of it can't be read any more; the log tells why. Order it again.",
            "code": "internal-error",
        });
        let step = Step { state: Some(JobState::Failed), problem: Some(problem), ..Step::default() };
        if tx.jobs().step(&lease, &step).await? && kind == KIND {
            tx.imports().forget_file(Id::from_uuid(lease.job.uuid())).await?;
        }
        Ok(())
    }
}

/// Does all jobs that are due, one after the other; answers how many.
///
/// # Errors
/// The database failed.
pub async fn run_due(app: &App, stop: &watch::Receiver<bool>) -> Result<usize, CommandError> {
    let mut done = 0;
    for organization in app.db.organizations_with_due_jobs(app.clock.now()).await? {
        while !*stop.borrow()
            && let Some(claimed) = claim(app, organization).await?
        {
            work(app, organization, claimed, stop).await;
            done += 1;
        }
    }
    Ok(done)
}

/// Does jobs until told to stop; those at work end with the batch they are in.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let mut at_work: JoinSet<()> = JoinSet::new();
    while !*stop.borrow() {
        if let Err(error) = begin_due(&app, &stop, &mut at_work).await {
            tracing::warn!(%error, "jobs can't be claimed");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_AGAIN) => {}
            () = app.work.notified() => {}
            Some(_) = at_work.join_next() => {}
            _ = stop.wait_for(|stopped| *stopped) => break,
        }
    }
    while at_work.join_next().await.is_some() {}
}

async fn begin_due(app: &App, stop: &watch::Receiver<bool>, at_work: &mut JoinSet<()>) -> Result<(), CommandError> {
    if at_work.len() >= AT_ONCE {
        return Ok(());
    }
    for organization in app.db.organizations_with_due_jobs(app.clock.now()).await.map_err(CommandError::from)? {
        if at_work.len() >= AT_ONCE {
            break;
        }
        if let Some(claimed) = claim(app, organization).await? {
            let (app, stop) = (app.clone(), stop.clone());
            at_work.spawn(async move { work(&app, organization, claimed, &stop).await });
        }
    }
    Ok(())
}
