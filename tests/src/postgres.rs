//! The PostgreSQL server of a test run.
//!
//! Taken from `LEADWRIGHT_TEST_POSTGRES_URL`, or a throwaway cluster started from installed binaries. One server serves
//! every test of a process. Where there is none, the reason is printed once and the PostgreSQL half returns early;
//! `LEADWRIGHT_REQUIRE_POSTGRES=1` makes that a failure.

use std::env;
use std::io::Write;
use std::str::FromStr;
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};
use std::time::Duration;

use sqlx::postgres::PgConnectOptions;
use sqlx::{AssertSqlSafe, Connection, PgConnection};

#[cfg(unix)]
mod binaries;
#[cfg(unix)]
mod cluster;

const URL: &str = "LEADWRIGHT_TEST_POSTGRES_URL";
const REQUIRED: &str = "LEADWRIGHT_REQUIRE_POSTGRES";

/// `object_in_use`: another session still leaves the template or the database.
const OBJECT_IN_USE: &str = "55006";

/// A PostgreSQL server on which tests make their own databases.
pub struct Server {
    before_name: String,
    after_name: String,
    #[cfg(unix)]
    _cluster: Option<cluster::Cluster>,
}

/// The server of this process, if there is one.
///
/// # Panics
/// Where `LEADWRIGHT_REQUIRE_POSTGRES=1` asks for a server and none can be had.
pub fn server() -> Option<&'static Server> {
    static SERVER: OnceLock<Result<Server, String>> = OnceLock::new();
    match SERVER.get_or_init(find_or_start) {
        Ok(server) => Some(server),
        Err(reason) if env::var(REQUIRED).is_ok_and(|value| value == "1") => {
            panic!("{REQUIRED}=1, but there is no PostgreSQL server: {reason}")
        }
        Err(_) => None,
    }
}

/// A database name that no other test, process or earlier run uses.
pub fn fresh_name(prefix: &str) -> String {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let count = COUNT.fetch_add(1, Ordering::Relaxed);
    format!("{prefix}_{}_{count}_{:06x}", std::process::id(), rand::random::<u32>() >> 8)
}

impl Server {
    /// Where a database of this server is reached.
    pub fn url(&self, database: &str) -> String {
        format!("{}{database}{}", self.before_name, self.after_name)
    }

    /// Creates an empty database.
    pub async fn create_database(&self, name: &str) -> Result<(), sqlx::Error> {
        self.administer(format!("CREATE DATABASE {}", quoted(name))).await
    }

    /// Creates a database as a copy of another one, to which nobody may be connected.
    pub async fn create_from_template(&self, name: &str, template: &str) -> Result<(), sqlx::Error> {
        self.administer(format!("CREATE DATABASE {} TEMPLATE {}", quoted(name), quoted(template))).await
    }

    /// Drops a database, with whoever is still connected to it.
    pub async fn drop_database(&self, name: &str) -> Result<(), sqlx::Error> {
        self.administer(format!("DROP DATABASE IF EXISTS {} WITH (FORCE)", quoted(name))).await
    }

    /// Runs one statement in the maintenance database, patient with sessions that are just leaving.
    async fn administer(&self, statement: String) -> Result<(), sqlx::Error> {
        let mut connection = PgConnection::connect(&self.url("postgres")).await?;
        for _ in 0..50 {
            match sqlx::raw_sql(AssertSqlSafe(statement.as_str())).execute(&mut connection).await {
                Err(sqlx::Error::Database(error)) if error.code().as_deref() == Some(OBJECT_IN_USE) => {
                    tokio::time::sleep(Duration::from_millis(100)).await;
                }
                other => return other.map(drop),
            }
        }
        sqlx::raw_sql(AssertSqlSafe(statement.as_str())).execute(&mut connection).await.map(drop)
    }
}

fn find_or_start() -> Result<Server, String> {
    let found = match env::var(URL) {
        Ok(url) if !url.is_empty() => given(&url),
        _ => started(),
    };
    if let Err(reason) = &found {
        warn_loudly(reason);
    }
    found
}

/// The server that the environment names.
fn given(url: &str) -> Result<Server, String> {
    let (before_name, after_name) = around_the_name(url).ok_or(format!(
        "{URL} must look like postgres://user:password@host:port/postgres (a database name may be left out)"
    ))?;
    let server = Server {
        before_name,
        after_name,
        #[cfg(unix)]
        _cluster: None,
    };
    answers(&server.url("postgres")).map_err(|error| format!("the server of {URL} does not answer: {error}"))?;
    Ok(server)
}

/// A throwaway cluster.
#[cfg(unix)]
fn started() -> Result<Server, String> {
    let cluster = cluster::Cluster::start().map_err(|reason| format!("{reason} (or set {URL})"))?;
    let (before_name, after_name) = cluster.url_parts();
    Ok(Server { before_name, after_name, _cluster: Some(cluster) })
}

#[cfg(not(unix))]
fn started() -> Result<Server, String> {
    Err(format!("throwaway clusters are started on Unix only; set {URL}"))
}

/// Splits a URL into what stands before and after the name of the database.
fn around_the_name(url: &str) -> Option<(String, String)> {
    let (scheme, rest) = url.split_once("://")?;
    if !matches!(scheme, "postgres" | "postgresql") {
        return None;
    }
    let (place, query) =
        rest.split_once('?').map_or((rest, String::new()), |(place, query)| (place, format!("?{query}")));
    let authority = place.split_once('/').map_or(place, |(authority, _)| authority);
    Some((format!("{scheme}://{authority}/"), query))
}

/// Connects once, from a thread of its own: the caller may or may not be inside a runtime.
fn answers(url: &str) -> Result<(), String> {
    let options = PgConnectOptions::from_str(url).map_err(|error| error.to_string())?;
    let attempt = async move {
        let connection = PgConnection::connect_with(&options);
        match tokio::time::timeout(Duration::from_secs(10), connection).await {
            Ok(Ok(connection)) => connection.close().await.map_err(|error| error.to_string()),
            Ok(Err(error)) => Err(error.to_string()),
            Err(_) => Err("no answer within 10 seconds".to_owned()),
        }
    };
    let thread = std::thread::spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build();
        runtime.map_err(|error| error.to_string())?.block_on(attempt)
    });
    thread.join().unwrap_or_else(|_| Err("the attempt to connect panicked".to_owned()))
}

fn quoted(name: &str) -> String {
    format!("\"{}\"", name.replace('"', "\"\""))
}

/// Straight to standard error: the test harness swallows what `eprintln!` writes in a test that passes.
fn warn_loudly(reason: &str) {
    let line = "=".repeat(100);
    let text = format!(
        "\n{line}\nNO POSTGRESQL: THE POSTGRESQL HALF OF THE TESTS DOES NOT RUN\n{reason}\n\
         {REQUIRED}=1 makes this a failure.\n{line}\n\n"
    );
    drop(std::io::stderr().write_all(text.as_bytes()));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_url_is_split_around_its_database() {
        let parts = |url| around_the_name(url).unwrap();
        assert_eq!(parts("postgres://u:p@h:1/db?x=/y"), ("postgres://u:p@h:1/".into(), "?x=/y".into()));
        assert_eq!(parts("postgresql://h"), ("postgresql://h/".into(), String::new()));
        assert_eq!(around_the_name("mysql://h/db"), None);
        assert_eq!(around_the_name("h/db"), None);
    }

    #[test]
    fn a_name_is_quoted() {
        assert_eq!(quoted("a\"b"), "\"a\"\"b\"");
    }

    #[test]
    fn a_fresh_name_is_fresh() {
        assert_ne!(fresh_name("t"), fresh_name("t"));
    }

    #[tokio::test]
    async fn a_copy_has_what_its_template_has() {
        let Some(server) = server() else { return };
        let (template, copy) = (fresh_name("template"), fresh_name("copy"));
        server.create_database(&template).await.unwrap();
        let mut original = PgConnection::connect(&server.url(&template)).await.unwrap();
        sqlx::raw_sql("CREATE TABLE t AS SELECT 7 AS n").execute(&mut original).await.unwrap();
        original.close().await.unwrap();

        server.create_from_template(&copy, &template).await.unwrap();
        let mut copied = PgConnection::connect(&server.url(&copy)).await.unwrap();
        let n: i32 = sqlx::query_scalar("SELECT n FROM t").fetch_one(&mut copied).await.unwrap();
        assert_eq!(n, 7);

        server.drop_database(&copy).await.unwrap();
        server.drop_database(&template).await.unwrap();
        assert!(PgConnection::connect(&server.url(&copy)).await.is_err());
    }
}
