//! Comparing whoever came or changed with the leads that are there, beside the work of others and never in its way.

use std::time::{Duration, Instant};

use leadwright_persistence::CommandError;
use tokio::sync::watch;
use uuid::Uuid;

use crate::{
    App,
    duplicates::{READER, Turn, follow},
};

/// How long to wait before looking again.
const LOOK_AGAIN: Duration = Duration::from_secs(1);
/// The longest rest between two turns.
const LONGEST_REST: Duration = Duration::from_secs(1);

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
    for organization in app.db.organizations_behind(READER).await? {
        loop {
            let began = Instant::now();
            let turn = match follow(app, organization, token).await {
                Ok(turn) => turn,
                // One organization never keeps the others waiting.
                Err(error) if gently => {
                    tracing::warn!(%organization, %error, "leads can't be compared at the moment; it is tried again");
                    break;
                }
                Err(error) => return Err(error),
            };
            if turn == Turn::Idle || *stop.borrow() {
                break;
            }
            if gently {
                // Rest as long as the turn took: a large import is followed, but half of the time belongs to others.
                tokio::time::sleep(began.elapsed().min(LONGEST_REST)).await;
            }
        }
    }
    Ok(())
}
