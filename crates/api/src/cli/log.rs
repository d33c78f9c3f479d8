//! Where events go: to standard error, pretty on a terminal and JSON elsewhere.

use std::io::{IsTerminal, stderr};

use tracing_subscriber::{EnvFilter, fmt};

use crate::config::{Log, LogFormat};

/// Starts logging.
pub fn start(settings: &Log) -> anyhow::Result<()> {
    let filter = EnvFilter::try_new(&settings.filter.0)?;
    let json = match settings.format {
        LogFormat::Json => true,
        LogFormat::Pretty => false,
        LogFormat::Auto => !stderr().is_terminal(),
    };
    let events = fmt().with_env_filter(filter).with_writer(stderr);
    let started = if json {
        events.json().flatten_event(true).with_current_span(true).with_span_list(false).try_init()
    } else {
        events.with_ansi(stderr().is_terminal()).try_init()
    };
    started.map_err(|error| anyhow::anyhow!("logging can't start: {error}"))
}
