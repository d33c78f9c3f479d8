//! How fast pages of leads are read, near and far, beside the same query alone.
#![allow(clippy::print_stdout)]

use std::time::Duration;

use anyhow::{Context, Result};
use clap::Parser;
use leadwright_benches::{
    account::{Account, SignIn},
    http::{Connection, Request},
    load,
    pgbench::Bench,
};
use sqlx::{AssertSqlSafe, PgPool, Row};

/// Reads pages of 50 leads, sorted by creation and by score: the first page, and the one that many cursors further on
/// begins. Given the server's PostgreSQL, pgbench runs the query behind each. Start the server with
/// LEADWRIGHT_LIMIT_REQUESTS=0.
#[derive(Debug, Parser)]
struct Arguments {
    #[command(flatten)]
    server: SignIn,
    /// The server's database, as postgres://…; without it there is no comparison
    #[arg(long)]
    database: Option<String>,
    /// Clients, each with a connection that it keeps
    #[arg(long, default_value_t = 16)]
    clients: usize,
    /// Seconds of each measurement
    #[arg(long, default_value_t = 10)]
    seconds: u64,
    /// The number of the far page
    #[arg(long, default_value_t = 200)]
    page: u64,
    /// Threads of pgbench
    #[arg(long, default_value_t = 2)]
    threads: usize,
    /// Further parameters of the list, such as status=new
    #[arg(long, requires = "filter_sql")]
    filter: Option<String>,
    /// The same as a condition in SQL, such as "leads.status = 'new'"
    #[arg(long, requires = "filter")]
    filter_sql: Option<String>,
}

/// What a page reads; as in `crates/persistence/src/leads/row.rs`.
const COLUMNS: &str = "leads.id, leads.version, leads.computed_rev, leads.source_id, leads.owner_id, leads.team_id, \
    leads.status, leads.status_since, leads.status_reason, leads.stage, leads.stage_since, leads.score, \
    leads.score_demographic, leads.score_behavioral, leads.score_firmographic, leads.score_adjustment, \
    leads.score_model_version, leads.next_change_at, leads.grade, leads.profile, leads.bant, leads.sla_due_at, \
    leads.sla_met_at, leads.sla_breached_at, leads.created_at, leads.updated_at, leads.first_responded_at, \
    leads.qualified_at, leads.converted_at, leads.last_interaction_at, leads.archived_at, leads.merged_into";

#[tokio::main]
async fn main() -> Result<()> {
    let arguments = Arguments::parse();
    let account = Account::sign_in(&arguments.server).await?;
    for key in ["created_at", "score"] {
        let mut address = format!("/api/v1/leads?sort=-{key}&limit=50");
        if let Some(filter) = &arguments.filter {
            address.push_str(&format!("&{filter}"));
        }
        let first = pages(&arguments, &account, "first page", key, &address, None).await?;
        let cursor = far_cursor(&arguments, &account, &address).await?;
        let behind = Some((arguments.page - 1) * 50);
        let far_address = format!("{address}&cursor={cursor}");
        let name = format!("page {}", arguments.page);
        let far = pages(&arguments, &account, &name, key, &far_address, behind).await?;
        println!("by {key}: page {} is answered at {:.3} of the rate of the first\n", arguments.page, far / first);
    }
    Ok(())
}

/// Measures one page; answers pages a second.
async fn pages(
    arguments: &Arguments,
    account: &Account,
    name: &str,
    key: &str,
    address: &str,
    behind: Option<u64>,
) -> Result<f64> {
    let request = Request::get(address, &account.token);
    let span = Duration::from_secs(arguments.seconds);
    let served = load::run(&arguments.server.url, arguments.clients, span, move || request.clone()).await?;
    println!("by {key}, {name}:\n  served   {}", served.line());
    if let Some(database) = &arguments.database {
        let Arguments { clients, threads, seconds, .. } = *arguments;
        let script = query(arguments, &account.organization, key, behind).await?;
        let alone = Bench { database, clients, threads, seconds }.run(&script)?;
        println!("  pgbench  {alone:9.1}/s   ratio {:.3}", served.rate() / alone);
    }
    Ok(served.rate())
}

/// Walks to the cursor with which the far page begins.
async fn far_cursor(arguments: &Arguments, account: &Account, address: &str) -> Result<String> {
    let mut connection = Connection::open(&arguments.server.url).await?;
    let mut next = address.to_owned();
    let mut cursor = None;
    for page in 1..arguments.page {
        let answer = connection.ask(&Request::get(next.as_str(), &account.token)).await?.json()?;
        let found = answer["page"]["next_cursor"].as_str();
        let found = found.with_context(|| format!("the list ends with page {page}; choose another --page"))?;
        next = format!("{address}&cursor={found}");
        cursor = Some(found.to_owned());
    }
    cursor.context("--page is 2 or more")
}

/// The query of a page of an admin, who sees all leads, behind so many others.
async fn query(arguments: &Arguments, organization: &str, key: &str, behind: Option<u64>) -> Result<String> {
    let filter = arguments.filter_sql.as_deref().unwrap_or("true");
    let wanted =
        format!("leads.organization_id = '{organization}' AND {filter} AND leads.archived_at IS NULL AND 1 = 1");
    let order = format!("ORDER BY leads.{key} DESC, leads.id DESC");
    let Some(behind) = behind else {
        return Ok(format!("SELECT {COLUMNS} FROM leads WHERE {wanted} {order} LIMIT 51;\n"));
    };
    let database = PgPool::connect(arguments.database.as_deref().unwrap_or_default()).await?;
    let last = behind.saturating_sub(1);
    let text = format!("SELECT {key}::text, id::text FROM leads WHERE {wanted} {order} OFFSET {last} LIMIT 1");
    let row = sqlx::query(AssertSqlSafe(text)).fetch_one(&database).await?;
    let (value, id): (String, String) = (row.get(0), row.get(1));
    Ok(format!(
        "SELECT {COLUMNS} FROM leads WHERE {wanted} AND (leads.{key}, leads.id) < ('{value}', '{id}') {order} LIMIT 51;\n"
    ))
}
