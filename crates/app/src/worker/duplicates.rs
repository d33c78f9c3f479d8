//! Comparing whoever came or changed with the leads that are there, beside the work of others and never in its way.

use std::time::{Duration, Instant};

use leadwright_domain::{access::Scope, ids::OrganizationId};
use leadwright_persistence::{CommandError, imports::KIND};
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    App,
    duplicates::{READER, Turn, follow},
};

/// How long to wait before looking again.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// The longest rest between two turns.
const LONGEST_REST: Duration = Duration::from_secs(5);

/// Follows the logs of all organizations until told to stop.
pub async fn run(app: App, mut stop: watch::Receiver<bool>) {
    let token = Uuid::now_v7();
    while !*stop.borrow() {
        if let Err(error) = catch_up(&app, token, &stop, true).await {
            tracing::warn!(%error, "leads can't be compared at the moment; it is tried again");
        }
        tokio::select! {
            () = tokio::time::sleep(LOOK_AGAIN) => {}
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
    }
}

/// Compares once whoever came or changed, in all organizations; processes are told apart by their `token`.
///
/// # Errors
/// The database failed.
pub async fn run_due(app: &App, token: Uuid, stop: &watch::Receiver<bool>) -> Result<(), CommandError> {
    catch_up(app, token, stop, false).await
}

async fn catch_up(app: &App, token: Uuid, stop: &watch::Receiver<bool>, gently: bool) -> Result<(), CommandError> {
    let mut moved = true;
    while moved {
        moved = false;
        // In turns, so that a large import of one organization keeps no other waiting.
        for organization in app.db.organizations_behind(READER).await? {
            if *stop.borrow() {
                return Ok(());
            }
            let began = Instant::now();
            match follow(app, organization, token).await {
                Ok(Turn::Idle) => continue,
                Ok(Turn::Moved) => moved = true,
                Err(error) if gently => {
                    tracing::warn!(%organization, %error, "leads can't be compared at the moment; it is tried again");
                    continue;
                }
                Err(error) => return Err(error),
            }
            if gently {
                let rest = began.elapsed() * rest_for_each_work(app, organization).await?;
                let mut told = stop.clone();
                tokio::select! {
                    () = tokio::time::sleep(rest.min(LONGEST_REST)) => {}
                    _ = told.wait_for(|stopped| *stopped) => return Ok(()),
                }
            }
        }
    }
    Ok(())
}

/// How many times as long as a turn took others have the time: most of it while an import wants it, half of it else.
async fn rest_for_each_work(app: &App, organization: OrganizationId) -> Result<u32, CommandError> {
    let call = app.call(Scope::system(organization), None);
    Ok(if app.db.read(&call).jobs().is_running(KIND).await? { 9 } else { 1 })
}
