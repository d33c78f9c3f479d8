//! How fast leads are captured, beside bare inserts of the same rows.
#![allow(clippy::print_stdout)]

use std::time::Duration;

use anyhow::Result;
use clap::Parser;
use leadwright_benches::{figures, http::Request, load, pgbench::Bench, sample};
use sqlx::PgPool;

/// Captures leads with many clients at once and, given the server's PostgreSQL, alternates with pgbench inserting rows of the
/// same kind, one by one, into a table with the same columns and indexes. Start the server with LEADWRIGHT_LIMIT_REQUESTS=0.
#[derive(Debug, Parser)]
struct Arguments {
    /// The server
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: String,
    /// The key of a capture form
    #[arg(long)]
    form: String,
    /// The server's database, as postgres://…; without it there is no comparison
    #[arg(long)]
    database: Option<String>,
    /// Clients, each with a connection that it keeps
    #[arg(long, default_value_t = 32)]
    clients: usize,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 30)]
    seconds: u64,
    /// How often to measure both
    #[arg(long, default_value_t = 3)]
    times: usize,
    /// Threads of pgbench
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Send an Idempotency-Key with each capture
    #[arg(long)]
    with_keys: bool,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let bare = match &arguments.database {
        Some(database) => Some(bare_insert(&arguments, &PgPool::connect(database).await?).await?),
        None => None,
    };
    let mut ratios = Vec::new();
    for time in 1..=arguments.times {
        let captured = captures(&arguments).await?;
        println!("{time}. captures      {}", captured.line());
        if let (Some(database), Some(script)) = (&arguments.database, &bare) {
            let Arguments { clients, threads, seconds, .. } = arguments;
            let inserts = Bench { database, clients, threads, seconds }.run(script)?;
            ratios.push(captured.rate() / inserts);
            println!("{time}. bare inserts  {inserts:9.1}/s   ratio {:.3}", captured.rate() / inserts);
        }
    }
    if let Some(database) = &arguments.database {
        println!("median ratio of captures to bare inserts: {:.3}", figures::median(&ratios));
        sqlx::query("DROP TABLE bench_leads").execute(&PgPool::connect(database).await?).await?;
    }
    Ok(())
}

async fn captures(arguments: &Arguments) -> Result<load::Load> {
    let (form, with_keys) = (arguments.form.clone(), arguments.with_keys);
    let span = Duration::from_secs(arguments.seconds);
    load::run(&arguments.url, arguments.clients, span, move || {
        let number = sample::number();
        let request = sample::capture(&form, number);
        if !with_keys {
            return request;
        }
        let headers = format!("{}idempotency-key: {number}\r\n", request.headers);
        Request { headers, ..request }
    })
    .await
}

/// Makes the other table, and the script that fills it.
async fn bare_insert(arguments: &Arguments, database: &PgPool) -> Result<String> {
    let template = sample::Template::make(&arguments.url, &arguments.form, database).await?;
    sqlx::query("DROP TABLE IF EXISTS bench_leads").execute(database).await?;
    sqlx::query("CREATE TABLE bench_leads (LIKE leads INCLUDING ALL)").execute(database).await?;
    let (names, values) = template.insert(":n", &[]);
    Ok(format!(
        "\\set n random(100000000000000, 899999999999999)\nINSERT INTO bench_leads ({names}) VALUES ({values});\n"
    ))
}
