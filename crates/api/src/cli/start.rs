//! What every command that needs the database begins with.

use std::time::{Duration, Instant};

use anyhow::Context;
use leadwright_app::{App, Clock, capture::Verifier, outbound::Outbound};
use leadwright_persistence::{Db, DbError};

use crate::config::{Settings, secret};

/// How long to wait between two tries to reach the database, or looks at its schema.
const PAUSE: Duration = Duration::from_millis(500);

/// The application over its database.
pub async fn application(settings: &Settings) -> anyhow::Result<App> {
    let secrets = secret::secrets(settings)?;
    let verifier = Verifier::new(settings.verifiers());
    let outbound = Outbound { private: settings.outbound.private_addresses };
    let app = App::new(connect(settings).await?, Clock::default(), secrets);
    Ok(app.with_captcha(verifier).with_outbound(outbound))
}

/// Connects, waiting for a database that starts together with us.
pub async fn connect(settings: &Settings) -> anyhow::Result<Db> {
    let begun = Instant::now();
    loop {
        match Db::connect(&settings.database()).await {
            Ok(db) => return Ok(db),
            Err(error @ DbError::Unavailable(_)) if begun.elapsed() < settings.database.start_timeout.0 => {
                tracing::warn!(%error, "the database does not answer yet");
                tokio::time::sleep(PAUSE).await;
            }
            Err(error) => {
                let place = crate::config::Setting::show(&settings.database.url);
                return Err(error).context(format!("the database {place} can't be reached"));
            }
        }
    }
}

/// Brings the schema up to date, or waits until somebody did.
pub async fn schema(db: &Db, settings: &Settings) -> anyhow::Result<()> {
    if settings.database.migrate_on_start {
        return db.migrate().await.context("the schema can't be brought up to date");
    }
    let mut told = false;
    while db.pending_migrations().await? > 0 {
        if !told {
            tracing::warn!("the schema is not up to date; waiting until `leadwright migrate` was run");
            told = true;
        }
        tokio::time::sleep(PAUSE).await;
    }
    Ok(())
}

/// `leadwright migrate`.
pub async fn migrate(settings: &Settings) -> anyhow::Result<()> {
    let db = connect(settings).await?;
    let pending = db.pending_migrations().await?;
    db.migrate().await.context("the schema can't be brought up to date")?;
    println!("{}", if pending == 0 { "The schema was up to date." } else { "The schema is up to date now." });
    db.close().await;
    Ok(())
}
