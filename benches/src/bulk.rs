//! How fast a database takes rows of leads by itself, all at once.

use std::{
    str::FromStr,
    time::{Duration, Instant},
};

use anyhow::{Context, Result, bail};
use futures_util::StreamExt;
use sqlx::{
    AssertSqlSafe, ConnectOptions, Connection, PgConnection, SqliteConnection,
    postgres::PgPoolCopyExt,
    sqlite::{SqliteConnectOptions, SqliteJournalMode, SqliteSynchronous},
};
use tokio::io::AsyncWriteExt;

/// The time that the newest rows of `leads`, so many of them, take into an empty table with the same columns, indexes, checks
/// and foreign keys: by `COPY` on PostgreSQL, in one statement on SQLite.
///
/// # Errors
/// The database is neither, or failed.
pub async fn copy(database: &str, rows: u64) -> Result<Duration> {
    match database.split(':').next() {
        Some("postgres" | "postgresql") => into_postgres(database, rows).await,
        Some("sqlite") => into_sqlite(database, rows).await,
        _ => bail!("the database is postgres://… or sqlite://…"),
    }
}

async fn into_postgres(database: &str, rows: u64) -> Result<Duration> {
    let pool = sqlx::PgPool::connect(database).await?;
    let mut connection = PgConnection::connect(database).await?;
    for text in
        ["DROP TABLE IF EXISTS bench_leads", "CREATE TABLE bench_leads (LIKE leads INCLUDING ALL)", "CHECKPOINT"]
    {
        sqlx::query(text).execute(&mut connection).await?;
    }
    let text =
        "SELECT pg_get_constraintdef(oid) FROM pg_constraint WHERE conrelid = 'leads'::regclass AND contype = 'f'";
    for reference in sqlx::query_scalar::<_, String>(text).fetch_all(&mut connection).await? {
        let text = format!("ALTER TABLE bench_leads ADD {reference}");
        sqlx::query(AssertSqlSafe(text)).execute(&mut connection).await?;
    }
    let text = format!("COPY (SELECT * FROM leads ORDER BY created_at DESC, id DESC LIMIT {rows}) TO STDOUT");
    let mut file = tempfile::tempfile().map(tokio::fs::File::from_std)?;
    let mut out = pool.copy_out_raw(&text).await?;
    while let Some(part) = out.next().await {
        file.write_all(&part?).await?;
    }
    file.flush().await?;
    drop(out);
    tokio::io::AsyncSeekExt::rewind(&mut file).await?;
    let begun = Instant::now();
    let mut into = pool.copy_in_raw("COPY bench_leads FROM STDIN").await?;
    into.read_from(&mut file).await?;
    let copied = into.finish().await?;
    let spent = begun.elapsed();
    sqlx::query("DROP TABLE bench_leads").execute(&mut connection).await?;
    enough(copied, rows)?;
    Ok(spent)
}

async fn into_sqlite(database: &str, rows: u64) -> Result<Duration> {
    let folder = tempfile::tempdir_in(".")?;
    let options = SqliteConnectOptions::new()
        .filename(folder.path().join("bulk.db"))
        .create_if_missing(true)
        .journal_mode(SqliteJournalMode::Wal)
        .synchronous(SqliteSynchronous::Full);
    let mut connection: SqliteConnection = options.connect().await?;
    let server = SqliteConnectOptions::from_str(database)?;
    let file = server.get_filename().to_str().context("the file of the database has a readable name")?;
    sqlx::query("ATTACH ? AS server").bind(file).execute(&mut connection).await?;
    sqlx::query("PRAGMA foreign_keys = OFF").execute(&mut connection).await?;
    let text = "SELECT DISTINCT \"table\" FROM pragma_foreign_key_list('leads', 'server')";
    let parents: Vec<String> = sqlx::query_scalar(text).fetch_all(&mut connection).await?;
    for table in parents.iter().map(String::as_str).chain(["leads"]) {
        make_like(&mut connection, table).await?;
    }
    for table in parents {
        let text = format!("INSERT INTO main.{table} SELECT * FROM server.{table}");
        sqlx::query(AssertSqlSafe(text)).execute(&mut connection).await?;
    }
    sqlx::query("PRAGMA foreign_keys = ON").execute(&mut connection).await?;
    let some = format!("SELECT * FROM server.leads ORDER BY created_at DESC, id DESC LIMIT {rows}");
    sqlx::query(AssertSqlSafe(format!("CREATE TEMP TABLE some AS {some}"))).execute(&mut connection).await?;
    let begun = Instant::now();
    let done = sqlx::query("INSERT INTO main.leads SELECT * FROM temp.some").execute(&mut connection).await?;
    let spent = begun.elapsed();
    enough(done.rows_affected(), rows)?;
    Ok(spent)
}

/// An empty table with the columns, indexes, checks and foreign keys of the server's.
async fn make_like(connection: &mut SqliteConnection, table: &str) -> Result<()> {
    let text = "SELECT sql FROM server.sqlite_schema WHERE tbl_name = ? AND type IN ('table', 'index') \
                AND sql IS NOT NULL ORDER BY type DESC";
    for text in sqlx::query_scalar::<_, String>(text).bind(table).fetch_all(&mut *connection).await? {
        sqlx::query(AssertSqlSafe(text)).execute(&mut *connection).await?;
    }
    Ok(())
}

fn enough(copied: u64, wanted: u64) -> Result<()> {
    if copied != wanted {
        bail!("there are {copied} leads in this database, not {wanted}; is it the server's?");
    }
    Ok(())
}
