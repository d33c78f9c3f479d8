//! A database for each test, copied from one that was migrated and filled once.

use std::{path::PathBuf, sync::OnceLock, time::Duration};

use leadwright_app::{
    App, Clock, Secrets,
    access::{self, NewOrganization, PasswordCost},
    outbound::Outbound,
};
use leadwright_domain::ids::{OrganizationId, UserId};
use leadwright_persistence::{Db, Settings};
use tempfile::TempDir;

use crate::{
    app::{ADMIN_EMAIL, ADMIN_PASSWORD},
    postgres,
};

/// Which database a test runs on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Backend {
    /// A file.
    Sqlite,
    /// A server.
    Postgres,
}

/// What every test database holds: one organization with one admin.
#[derive(Clone, Debug)]
pub(crate) struct Template {
    place: Place,
    pub(crate) organization: OrganizationId,
    pub(crate) admin: UserId,
}

#[derive(Clone, Debug)]
enum Place {
    File(PathBuf),
    Server(String),
}

/// The database of one test; goes away with it.
pub(crate) struct Database {
    pub(crate) url: String,
    name: Option<String>,
    _folder: Option<TempDir>,
}

/// The template for a backend; `None` where there is no server.
pub(crate) async fn template(backend: Backend) -> Option<&'static Template> {
    static SQLITE: OnceLock<Option<Template>> = OnceLock::new();
    static POSTGRES: OnceLock<Option<Template>> = OnceLock::new();
    let once = match backend {
        Backend::Sqlite => &SQLITE,
        Backend::Postgres => &POSTGRES,
    };
    // Other tests of this process wait here, on threads of their own, while one fills the template.
    once.get_or_init(|| {
        let filled = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
            runtime.block_on(fill(backend))
        });
        filled.join().unwrap()
    })
    .as_ref()
}

async fn fill(backend: Backend) -> Option<Template> {
    let (place, url) = match backend {
        Backend::Sqlite => {
            // Kept until the process ends: every test copies it.
            let folder = tempfile::tempdir().unwrap().keep();
            let file = folder.join("template.db");
            let url = sqlite_url(&file);
            (Place::File(file), url)
        }
        Backend::Postgres => {
            let server = postgres::server()?;
            let name = postgres::fresh_name("template");
            server.create_database(&name).await.unwrap();
            let url = server.url(&name);
            (Place::Server(name), url)
        }
    };
    let db = connect(&url).await;
    db.migrate().await.unwrap();
    let app = application(db);
    let new = NewOrganization {
        name: "Acme".to_owned(),
        timezone: chrono_tz::America::New_York,
        country: "US".to_owned(),
        base_currency: "USD".to_owned(),
        admin_email: ADMIN_EMAIL.to_owned(),
        admin_name: "Ada Admin".to_owned(),
        admin_password: ADMIN_PASSWORD.to_owned(),
    };
    let (organization, admin) = access::create_organization(&app, new).await.unwrap();
    // Signing keys are made once for all tests too.
    app.public_keys().await.unwrap();
    app.db.close().await;
    Some(Template { place, organization: organization.id, admin: admin.id })
}

impl Database {
    /// A copy of the template.
    pub(crate) async fn copy_of(template: &Template) -> Self {
        match &template.place {
            Place::File(original) => {
                let folder = tempfile::tempdir().unwrap();
                let file = folder.path().join("test.db");
                std::fs::copy(original, &file).unwrap();
                Self { url: sqlite_url(&file), name: None, _folder: Some(folder) }
            }
            Place::Server(original) => {
                let server = postgres::server().unwrap();
                let name = postgres::fresh_name("test");
                server.create_from_template(&name, original).await.unwrap();
                Self { url: server.url(&name), name: Some(name), _folder: None }
            }
        }
    }

    /// Takes the database away.
    pub(crate) async fn drop_it(self) {
        if let Some(name) = &self.name {
            postgres::server().unwrap().drop_database(name).await.unwrap();
        }
    }
}

/// Connects as the server does, with few connections.
pub(crate) async fn connect(url: &str) -> Db {
    let settings = Settings {
        url: url.to_owned(),
        max_connections: 4,
        statement_timeout: Duration::from_secs(10),
        acquire_timeout: Duration::from_secs(10),
    };
    Db::connect(&settings).await.unwrap()
}

/// The application over a database, with passwords that cost little.
pub(crate) fn application(db: Db) -> App {
    let cheap = access::Settings { password_cost: PasswordCost { memory_kib: 8, passes: 1 }, ..Default::default() };
    let outbound = Outbound { private: true };
    let secrets = Secrets::new(*b"a secret that only tests will use").unwrap();
    App::new(db, Clock::default(), secrets).with_access(cheap).with_outbound(outbound)
}

fn sqlite_url(file: &std::path::Path) -> String {
    format!("sqlite://{}", file.display())
}
