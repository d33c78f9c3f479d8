//! How fast a file of leads is taken in, beside the bulk load of the same rows.
#![allow(clippy::print_stdout)]

use std::time::{Duration, Instant};

use anyhow::{Context, Result, bail};
use clap::Parser;
use leadwright_benches::{
    account::{Account, SignIn},
    bulk, figures,
    http::{Connection, Request},
    sample,
};

/// Imports a CSV file of people who are not known, over HTTP, until the job is done: duplicates checked, scored, routed.
/// Given the server's database, the rows that came of it are then loaded in bulk into an empty table with the same columns, indexes,
/// checks and foreign keys.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    server: SignIn,
    /// The server's database, as postgres://… or sqlite://…; without it there is no comparison
    #[arg(long)]
    database: Option<String>,
    /// Rows of the file
    #[arg(long, default_value_t = 100_000)]
    rows: u64,
    /// How often
    #[arg(long, default_value_t = 3)]
    times: usize,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let mut ratios = Vec::new();
    for time in 1..=arguments.times {
        let rate = arguments.rows as f64 / import(&arguments).await?.as_secs_f64();
        println!("{time}. import     {rate:9.1} rows/s");
        if let Some(database) = &arguments.database {
            let alone = arguments.rows as f64 / bulk::copy(database, arguments.rows).await?.as_secs_f64();
            ratios.push(rate / alone);
            println!("{time}. bulk load  {alone:9.1} rows/s   ratio {:.3}", rate / alone);
        }
    }
    if !ratios.is_empty() {
        println!("median ratio of imports to bulk loads: {:.3}", figures::median(&ratios));
    }
    Ok(())
}

/// From the first byte sent until the job is done.
async fn import(arguments: &Arguments) -> Result<Duration> {
    let account = Account::sign_in(&arguments.server).await?;
    let bearer = format!("authorization: Bearer {}\r\n", account.token);
    let request = Request {
        method: "POST",
        path: "/api/v1/imports?mode=auto".to_owned(),
        headers: format!("{bearer}content-type: text/csv\r\n"),
        body: sample::file(arguments.rows)?,
    };
    let mut connection = Connection::open(&arguments.server.url).await?;
    let begun = Instant::now();
    let job = connection.ask(&request).await?.json()?;
    let path = format!("/api/v1/imports/{}", job["id"].as_str().context("the job has an id")?);
    loop {
        let job = connection.ask(&Request::get(path.as_str(), &account.token)).await?.json()?;
        match job["state"].as_str() {
            Some("succeeded") if job["result"]["created"] == arguments.rows => return Ok(begun.elapsed()),
            Some("queued" | "running") => tokio::time::sleep(Duration::from_millis(50)).await,
            _ => bail!("the import came to something else: {job}"),
        }
    }
}
