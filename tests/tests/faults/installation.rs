//! A database of one test, and the processes that run on it.

use leadwright_tests::{
    ADMIN_EMAIL, ADMIN_PASSWORD, Backend,
    postgres::{self, fresh_name},
};
use sea_orm::{ConnectionTrait, Database, Statement};
use tempfile::TempDir;

use crate::node::Node;

/// What every node is told: the same secret, as on any cluster, and no limits that would stand in the way.
const EVERYWHERE: &[(&str, &str)] = &[
    ("LEADWRIGHT_LISTEN", "127.0.0.1:0"),
    ("LEADWRIGHT_LOG_FORMAT", "json"),
    ("LEADWRIGHT_LOG", "info,leadwright::access=warn"),
    ("LEADWRIGHT_SECRET_KEY", "only tests have this as their secret"),
    ("LEADWRIGHT_ADMIN_EMAIL", ADMIN_EMAIL),
    ("LEADWRIGHT_ADMIN_PASSWORD", ADMIN_PASSWORD),
    ("LEADWRIGHT_LIMIT_REQUESTS", "0"),
    ("LEADWRIGHT_LIMIT_AUTH_REQUESTS", "0"),
    ("LEADWRIGHT_WORKER_THREADS", "2"),
];

/// A new, empty database; the first node that starts fills it.
pub struct Installation {
    /// Which database it is.
    pub backend: Backend,
    /// Where it is.
    pub url: String,
    /// The name of a database of a server, to be dropped.
    name: Option<String>,
    folder: TempDir,
}

impl Installation {
    /// `None` where there is no such database here.
    pub async fn new(backend: Backend) -> Option<Self> {
        let folder = tempfile::tempdir().unwrap();
        let (url, name) = match backend {
            Backend::Sqlite => (format!("sqlite://{}", folder.path().join("leadwright.db").display()), None),
            Backend::Postgres => {
                let server = postgres::server()?;
                let name = fresh_name("faults");
                server.create_database(&name).await.unwrap();
                (server.url(&name), Some(name))
            }
        };
        Some(Self { backend, url, name, folder })
    }

    /// Starts a process; answers when it serves.
    pub async fn node(&self) -> Node {
        self.node_with(&[]).await
    }

    /// Starts a process that is told something else too.
    pub async fn node_with(&self, more: &[(&str, &str)]) -> Node {
        let mut variables = vec![("LEADWRIGHT_DATABASE_URL", self.url.as_str())];
        variables.extend_from_slice(EVERYWHERE);
        variables.extend_from_slice(more);
        Node::start(self.folder.path(), &variables).await
    }

    /// A number from the database itself.
    pub async fn number(&self, sql: &str) -> i64 {
        let database = Database::connect(&self.url).await.unwrap();
        let statement = Statement::from_string(database.get_database_backend(), format!("SELECT ({sql}) AS number"));
        let number = database.query_one_raw(statement).await.unwrap().unwrap().try_get("", "number").unwrap();
        database.close().await.unwrap();
        number
    }

    /// Lets the claims of killed workers run out, which otherwise takes half a minute.
    pub async fn let_claims_run_out(&self) {
        let database = Database::connect(&self.url).await.unwrap();
        database.execute_unprepared("UPDATE jobs SET lease_until = 0").await.unwrap();
        database.close().await.unwrap();
    }
}

impl Drop for Installation {
    fn drop(&mut self) {
        let Some(name) = self.name.take() else { return };
        let dropping = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(postgres::server().unwrap().drop_database(&name))
        });
        // Where the test has failed, its own message counts.
        drop(dropping.join());
    }
}
