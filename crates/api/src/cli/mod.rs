//! The command line.
#![allow(clippy::print_stdout)] // What a command answers goes to standard output; logs go to standard error.

mod admin;
mod first_start;
mod log;
mod serve;
mod show;
mod signals;
mod start;
mod worker;

use std::{path::PathBuf, process::ExitCode};

use clap::{Parser, Subcommand};

use crate::{
    config::{Given, Settings},
    openapi,
};

/// Lead management: capture, deduplicate, score, qualify and route leads.
#[derive(Debug, Parser)]
#[command(name = "leadwright", version)]
struct Arguments {
    /// The configuration file; `leadwright.toml` is read when it is there
    #[arg(long, global = true, value_name = "FILE")]
    config: Option<PathBuf>,
    #[command(subcommand)]
    command: Option<Verb>,
}

#[derive(Debug, Subcommand)]
enum Verb {
    /// Serve the API and do periodic work (what happens without a command)
    Serve {
        /// If there is no organization, make one that is full of life, and print how to sign in
        #[arg(long)]
        demo: bool,
    },
    /// Do periodic work only
    Worker,
    /// Bring the schema up to date
    Migrate,
    /// Make and mend accounts
    Admin {
        #[command(subcommand)]
        command: admin::Verb,
    },
    /// Print the OpenAPI document
    Openapi,
    /// Print the settings and where each comes from, secrets hidden
    Config,
}

/// Runs the command that the arguments name.
pub fn main() -> ExitCode {
    match run(Arguments::parse()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            eprintln!("leadwright: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(arguments: Arguments) -> anyhow::Result<()> {
    let command = arguments.command.unwrap_or(Verb::Serve { demo: false });
    if let Verb::Openapi = command {
        print!("{}", openapi::rendered()?);
        return Ok(());
    }
    let (settings, layers) = Settings::load(&Given::find(arguments.config.as_deref())?)?;
    if let Verb::Config = command {
        print!("{}", show::settings(&settings, &layers));
        return Ok(());
    }
    log::start(&settings.log)?;
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build()?;
    runtime.block_on(async {
        match command {
            Verb::Serve { demo } => serve::run(&settings, demo).await,
            Verb::Worker => worker::run(&settings).await,
            Verb::Migrate => start::migrate(&settings).await,
            Verb::Admin { command } => admin::run(&settings, command).await,
            Verb::Openapi | Verb::Config => Ok(()),
        }
    })
}
