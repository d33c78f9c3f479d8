//! Makes an organization large.

use anyhow::Result;
use clap::Parser;
use leadwright_benches::sample::Template;
use sqlx::PgPool;

/// Makes leads by SQL in the server's PostgreSQL: copies of one that is captured first, with names, addresses, scores and times of
/// their own. They have no events and no submissions.
#[derive(Debug, Parser)]
struct Arguments {
    /// The server
    #[arg(long, default_value = "http://127.0.0.1:8080")]
    url: String,
    /// The key of a capture form; its organization is filled
    #[arg(long)]
    form: String,
    /// The server's database, as postgres://…
    #[arg(long)]
    database: String,
    /// How many
    #[arg(long, default_value_t = 100_000)]
    leads: u64,
}

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let database = PgPool::connect(&arguments.database).await?;
    let template = Template::make(&arguments.url, &arguments.form, &database).await?;
    template.fill(&database, arguments.leads).await
}
