//! Periodic work: each piece an idempotent run for one organization, as of now. What fails is logged and tried again in
//! the next round; one piece or organization never stops the others.

pub mod duplicates;
mod forget_bulk_actions;
mod forget_files;
mod forget_keys;
mod forget_merges;
mod forget_sessions;
pub mod jobs;

use std::time::Duration;

use leadwright_domain::{access::Scope, ids::OrganizationId};
use leadwright_persistence::{CommandError, DbError};
use tokio::sync::watch;

use crate::App;
use forget_bulk_actions::ForgetOldBulkActions;
use forget_files::ForgetBrokenOffFiles;
use forget_keys::ForgetExpiredKeys;
use forget_merges::ForgetOldMerges;
use forget_sessions::ForgetEndedSessions;

/// Every piece of periodic work: what is forgotten.
#[derive(Clone, Copy, Debug)]
enum Work {
    /// Idempotency keys that have expired.
    Keys,
    /// Files whose sender went away.
    Files,
    /// Sessions that ended long ago.
    Sessions,
    /// What was kept of merges that can't be taken back any more.
    Merges,
    /// What was kept of bulk actions that can't be taken back any more.
    BulkActions,
}

const ALL: &[Work] = &[Work::Keys, Work::Files, Work::Sessions, Work::Merges, Work::BulkActions];

impl Work {
    const fn name(self) -> &'static str {
        match self {
            Self::Keys => "forget_keys",
            Self::Files => "forget_files",
            Self::Sessions => "forget_sessions",
            Self::Merges => "forget_merges",
            Self::BulkActions => "forget_bulk_actions",
        }
    }

    /// Does it for one organization; answers how much there was to do.
    async fn run(self, app: &App, organization: OrganizationId) -> Result<u64, CommandError> {
        let call = app.call(Scope::system(organization), None);
        match self {
            Self::Keys => app.db.write(call, ForgetExpiredKeys).await,
            Self::Files => app.db.write(call, ForgetBrokenOffFiles).await,
            Self::Merges => app.db.write(call, ForgetOldMerges).await,
            Self::BulkActions => app.db.write(call, ForgetOldBulkActions).await,
            Self::Sessions => app.db.write(call, ForgetEndedSessions { now: app.access.clock.now() }).await,
        }
    }
}

/// Does once whatever is due, for every organization.
///
/// # Errors
/// The organizations can't be listed.
pub async fn round(app: &App) -> Result<(), DbError> {
    for organization in app.db.organizations().await? {
        for work in ALL {
            match work.run(app, organization).await {
                Ok(0) => {}
                Ok(done) => tracing::debug!(work = work.name(), %organization, done, "periodic work"),
                Err(error) => tracing::warn!(work = work.name(), %organization, %error, "periodic work failed"),
            }
        }
    }
    Ok(())
}

/// Does one round after another, jobs and the comparison of leads beside them, until told to stop.
pub async fn run(app: App, every: Duration, stop: watch::Receiver<bool>) {
    tokio::join!(
        rounds(app.clone(), every, stop.clone()),
        duplicates::run(app.clone(), stop.clone()),
        jobs::run(app, stop)
    );
}

async fn rounds(app: App, every: Duration, mut stop: watch::Receiver<bool>) {
    loop {
        if let Err(error) = round(&app).await {
            tracing::warn!(%error, "a round of periodic work failed");
        }
        tokio::select! {
            () = tokio::time::sleep(every) => {}
            // The sender is gone or has said so: both mean the end.
            _ = stop.wait_for(|stopped| *stopped) => return,
        }
    }
}
