//! `leadwright serve`: the API, with periodic work beside it.

use std::net::TcpListener;

use anyhow::Context;
use leadwright_app::{App, worker};
use tokio::{sync::watch, task::JoinHandle};

use super::{
    first_start::{self, Welcome},
    signals, start,
};
use crate::{
    config::Settings,
    http::middleware::readiness::{Readiness, Stage},
    server,
};

/// Serves until told to stop.
pub async fn run(settings: &Settings, demo: bool) -> anyhow::Result<()> {
    let listener = TcpListener::bind(&settings.http.listen.0)
        .with_context(|| format!("{} can't be listened on (http.listen, LEADWRIGHT_LISTEN)", settings.http.listen.0))?;
    let address = listener.local_addr()?;
    let app = start::application(settings).await?;
    let readiness = Readiness::at(Stage::Starting);
    let server = server::start(app.clone(), listener, settings, readiness.clone())?;
    let handle = server.handle();
    let mut serving = tokio::spawn(server);

    // Probes are answered meanwhile, and a signal is heeded.
    let prepared = tokio::select! {
        prepared = prepare(&app, settings, demo) => Some(prepared),
        () = signals::asked_to_stop() => None,
    };
    let prepared = match prepared {
        Some(Ok(welcome)) => {
            readiness.enter(Stage::Ready);
            tracing::info!(%address, "serving");
            if demo {
                let base =
                    settings.http.public_url.as_ref().map_or_else(|| format!("http://{address}"), |url| url.0.clone());
                welcome.print(&base);
            }
            let (stop, working) = begin_work(&app, settings);
            let ended = tokio::select! {
                () = signals::asked_to_stop() => Ok(()),
                ended = &mut serving => ended.context("the server broke off")?.context("the server broke off"),
            };
            readiness.enter(Stage::Stopping);
            tracing::info!("stopping");
            stop.send_replace(true);
            working.await?;
            ended
        }
        Some(Err(error)) => Err(error),
        None => Ok(()),
    };
    // Who asks a second time does not want to wait.
    tokio::select! {
        () = handle.stop(true) => {}
        () = signals::asked_to_stop() => handle.stop(false).await,
    }
    app.db.close().await;
    prepared
}

async fn prepare(app: &App, settings: &Settings, demo: bool) -> anyhow::Result<Welcome> {
    start::schema(&app.db, settings).await?;
    let welcome = first_start::first_organization(app, settings, demo).await?;
    // The keys of access tokens are made now, so that the first sign-in does not wait for it.
    app.public_keys().await?;
    Ok(welcome)
}

fn begin_work(app: &App, settings: &Settings) -> (watch::Sender<bool>, JoinHandle<()>) {
    let (stop, stopped) = watch::channel(false);
    (stop, tokio::spawn(worker::run(app.clone(), settings.worker.interval.0, stopped)))
}
