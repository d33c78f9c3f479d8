//! How long others wait while a file is imported.
#![allow(clippy::print_stdout)]

use std::time::{Duration, Instant};

use anyhow::{Context, Result};
use clap::Parser;
use leadwright_benches::{
    account::{Account, SignIn},
    figures,
    http::{Connection, Request},
    sample,
};
use serde_json::json;

/// One client lists, reads, captures and changes in turn, with a pause after each; first while nothing else happens, then
/// while a file of people who are not known is imported. Printed is how long each took, and how the two compare.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    server: SignIn,
    /// The key of a capture form
    #[arg(long)]
    form: String,
    /// Rows of the file: so many that the import outlasts the measurement
    #[arg(long, default_value_t = 100_000)]
    rows: u64,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 8)]
    seconds: u64,
    /// Milliseconds between two requests
    #[arg(long, default_value_t = 10)]
    pause: u64,
}

/// What is asked in turn.
const ASKED: [&str; 4] = ["list", "get", "capture", "patch"];

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let account = Account::sign_in(&arguments.server).await?;
    let mut connection = Connection::open(&arguments.server.url).await?;
    let page = connection.ask(&Request::get("/api/v1/leads?limit=1", &account.token)).await?.json()?;
    let lead = page["data"][0]["id"].as_str().context("there is a lead")?.to_owned();

    measure(&arguments, &account.token, &lead, Duration::from_secs(1)).await?;
    let span = Duration::from_secs(arguments.seconds);
    let idle = measure(&arguments, &account.token, &lead, span).await?;
    let import = Request {
        method: "POST",
        path: "/api/v1/imports?mode=auto".to_owned(),
        headers: format!("authorization: Bearer {}\r\ncontent-type: text/csv\r\n", account.token),
        body: sample::file(arguments.rows)?,
    };
    let job = connection.ask(&import).await?.json()?;
    let path = format!("/api/v1/imports/{}", job["id"].as_str().context("the job has an id")?);
    let busy = measure(&arguments, &account.token, &lead, span).await?;
    let job = connection.ask(&Request::get(path.as_str(), &account.token)).await?.json()?;
    for ((name, idle), busy) in ASKED.iter().zip(&idle).zip(&busy) {
        let at =
            |times: &[u32], share| figures::at(times, share).map_or(f64::NAN, |micros| f64::from(micros) / 1_000.0);
        let [idle_half, idle_most, half, most] = [at(idle, 0.5), at(idle, 0.95), at(busy, 0.5), at(busy, 0.95)];
        println!(
            "{name:8} p50 {idle_half:7.2} -> {half:7.2} ms ({:.2})   p95 {idle_most:7.2} -> {most:7.2} ms ({:.2})   \
             longest {:7.2} ms",
            half / idle_half,
            most / idle_most,
            at(busy, 1.0)
        );
    }
    println!("the import is {} at row {}", job["state"], job["progress"]["done"]);
    Ok(())
}

/// The sorted times of each thing asked, in microseconds.
async fn measure(arguments: &Arguments, token: &str, lead: &str, span: Duration) -> Result<Vec<Vec<u32>>> {
    let mut connection = Connection::open(&arguments.server.url).await?;
    let mut times = vec![Vec::new(); ASKED.len()];
    let begun = Instant::now();
    while begun.elapsed() < span {
        for (place, name) in ASKED.iter().enumerate() {
            let request = request(name, arguments, token, lead);
            let asked = Instant::now();
            connection.ask(&request).await?.json()?;
            times[place].push(u32::try_from(asked.elapsed().as_micros()).unwrap_or(u32::MAX));
            tokio::time::sleep(Duration::from_millis(arguments.pause)).await;
        }
    }
    times.iter_mut().for_each(|times| times.sort_unstable());
    Ok(times)
}

fn request(name: &str, arguments: &Arguments, token: &str, lead: &str) -> Request {
    match name {
        "list" => Request::get("/api/v1/leads?limit=50", token),
        "get" => Request::get(format!("/api/v1/leads/{lead}"), token),
        "capture" => sample::capture(&arguments.form, sample::number()),
        _ => Request {
            method: "PATCH",
            path: format!("/api/v1/leads/{lead}"),
            headers: format!("authorization: Bearer {token}\r\ncontent-type: application/merge-patch+json\r\n"),
            body: json!({"job_title": format!("Title {}", sample::number())}).to_string(),
        },
    }
}
