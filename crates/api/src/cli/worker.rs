//! `leadwright worker`: periodic work without the API.

use leadwright_app::worker;
use tokio::sync::watch;

use super::{signals, start};
use crate::config::Settings;

/// Works until told to stop.
pub async fn run(settings: &Settings) -> anyhow::Result<()> {
    let app = start::application(settings).await?;
    start::schema(&app.db, settings).await?;
    let (stop, stopped) = watch::channel(false);
    let working = tokio::spawn(worker::run(app.clone(), settings.worker.interval.0, stopped));
    tracing::info!("working");
    signals::asked_to_stop().await;
    tracing::info!("stopping");
    stop.send_replace(true);
    working.await?;
    app.db.close().await;
    Ok(())
}
