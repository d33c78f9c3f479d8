//! What looking for duplicates costs as leads become many.
#![allow(clippy::print_stdout)]

use std::time::Duration;

use anyhow::Result;
use clap::Parser;
use leadwright_benches::{load, sample};
use sqlx::PgPool;

/// Measures how long the capture of one lead takes, looking for duplicates included, with as many leads in the organization as
/// each of the sizes says; leads that are missing are made by SQL. Start the server with LEADWRIGHT_LIMIT_REQUESTS=0, on
/// a database with few leads.
#[derive(Debug, Parser)]
struct Arguments {
    /// The server
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: String,
    /// The key of a capture form
    #[arg(long)]
    form: String,
    /// The server's database, as postgres://…
    #[arg(long)]
    database: String,
    /// How many leads there are, in ascending order
    #[arg(long, value_delimiter = ',', default_value = "10000,1000000")]
    sizes: Vec<u64>,
    /// Clients; one shows the time of a capture that waits for nobody
    #[arg(long, default_value_t = 1)]
    clients: usize,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 10)]
    seconds: u64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let database = PgPool::connect(&arguments.database).await?;
    let template = sample::Template::make(&arguments.url, &arguments.form, &database).await?;
    let mut halves = Vec::new();
    for size in &arguments.sizes {
        let there: i64 = sqlx::query_scalar("SELECT count(*) FROM leads WHERE organization_id = $1::uuid")
            .bind(template.organization())
            .fetch_one(&database)
            .await?;
        let missing = size.saturating_sub(there.unsigned_abs());
        if missing > 0 {
            template.fill(&database, missing).await?;
        }
        let known = sample::number();
        let unknown = measure(&arguments, sample::number).await?;
        let again = measure(&arguments, move || known).await?;
        println!("{size} leads, somebody new    {}", unknown.line());
        println!("{size} leads, somebody known  {}", again.line());
        halves.push([unknown.within(0.5), again.within(0.5)]);
    }
    if let (Some([new, known]), Some([last_new, last_known])) = (halves.first(), halves.last()) {
        println!(
            "median of the last size to that of the first: new {:.3}, known {:.3}",
            last_new / new,
            last_known / known
        );
    }
    Ok(())
}

async fn measure(arguments: &Arguments, number: impl Fn() -> u64 + Send + Sync + 'static) -> Result<load::Load> {
    let form = arguments.form.clone();
    let span = Duration::from_secs(arguments.seconds);
    load::run(&arguments.url, arguments.clients, span, move || sample::capture(&form, number())).await
}
