//! Bad days: the program as it is installed, run as processes that share a database, are killed, told to stop, or lose
//! their database. What was acknowledged stays, once.
//!
//! The loads are small so that every change can be tried. By hand they may be larger:
//!
//! - `LEADWRIGHT_FAULTS_CAPTURES=10000`: submissions, a fifth of them from a fiftieth as many people
//! - `LEADWRIGHT_FAULTS_TURNS=700`: leads for a team of seven
//! - `LEADWRIGHT_FAULTS_KILLS=20`: kills on each database
//! - `LEADWRIGHT_FAULTS_ROWS=200000`: rows of the file that is imported meanwhile
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

mod binary;
mod caller;
mod captures;
mod crowd;
mod installation;
mod kills;
mod node;
mod outage;
mod proxy;
mod stopping;
mod turns;

use std::{future::Future, io::Write};

use installation::Installation;
use leadwright_tests::Backend;

/// Runs a scenario on an installation of its own; returns early where there is no such database.
fn run<F: Future<Output = ()>>(backend: Backend, scenario: impl FnOnce(Installation) -> F) {
    let runtime = tokio::runtime::Builder::new_multi_thread().worker_threads(2).enable_all().build().unwrap();
    runtime.block_on(async {
        if let Some(installation) = Installation::new(backend).await {
            scenario(installation).await;
        }
    });
}

/// A size that a person may raise by hand.
fn size(variable: &str, usual: usize) -> usize {
    std::env::var(variable).map_or(usual, |text| text.parse().expect("a number"))
}

/// A figure for whoever runs this by hand, past the harness, which swallows what a test prints.
fn tell(text: &str) {
    drop(writeln!(std::io::stderr(), "{text}"));
}
