//! The application under test, served in this process.

use std::{
    future::Future,
    net::{SocketAddr, TcpListener},
    sync::{
        atomic::{AtomicU32, Ordering},
        mpsc,
    },
    thread::JoinHandle,
    time::Duration,
};

use actix_web::dev::ServerHandle;
use chrono::TimeDelta;
use leadwright_api::{
    config::{Given, Settings},
    http::middleware::readiness::{Readiness, Stage},
};
use leadwright_app::{
    App,
    access::{self, NewOrganization, NewUser},
};
use leadwright_domain::{
    access::Role,
    ids::{OrganizationId, UserId},
};

use crate::{
    Backend, Client,
    database::{Database, Template, application, connect, template},
};

/// The address of the admin that every test database has.
pub const ADMIN_EMAIL: &str = "admin@example.com";
/// The admin's password, and that of everybody whom [`TestApp::sign_in`] adds.
pub const ADMIN_PASSWORD: &str = "correct horse battery";

/// A served application with a database of its own.
pub struct TestApp {
    /// The use cases behind the server, for what can't be done from outside.
    pub app: App,
    /// The organization that is there from the start.
    pub organization: OrganizationId,
    /// Its admin.
    pub admin: UserId,
    /// Where the server listens.
    pub address: SocketAddr,
    /// Which database it runs on.
    pub backend: Backend,
    /// The URL of the database.
    pub database_url: String,
    /// Where the server is in its life.
    pub readiness: Readiness,
    http: reqwest::Client,
    server: Option<(ServerHandle, JoinHandle<()>)>,
}

/// How an application under test is put together.
#[derive(Default)]
pub struct Builder {
    change: Option<Box<dyn FnOnce(App) -> App + Send>>,
    variables: Vec<(String, String)>,
}

impl Builder {
    /// Changes the application before it is served.
    #[must_use]
    pub fn app(mut self, change: impl FnOnce(App) -> App + Send + 'static) -> Self {
        self.change = Some(Box::new(change));
        self
    }

    /// Sets a variable of the configuration: `LEADWRIGHT_LIMIT_REQUESTS`.
    #[must_use]
    pub fn variable(mut self, name: &str, value: &str) -> Self {
        self.variables.push((name.to_owned(), value.to_owned()));
        self
    }

    /// The settings of the server: without limits, so that tests don't stand in each other's way.
    fn settings(&self) -> Settings {
        let mut environment = vec![
            ("LEADWRIGHT_LIMIT_REQUESTS".to_owned(), "0".to_owned()),
            ("LEADWRIGHT_LIMIT_AUTH_REQUESTS".to_owned(), "0".to_owned()),
            ("LEADWRIGHT_WORKER_THREADS".to_owned(), "1".to_owned()),
        ];
        environment.extend(self.variables.clone());
        Settings::load(&Given { file: None, environment }).unwrap().0
    }

    /// Starts the server; `None` where there is no such database here.
    pub async fn start(self, backend: Backend) -> Option<TestApp> {
        let template = template(backend).await?;
        let database = Database::copy_of(template).await;
        let settings = self.settings();
        Some(serve(template, database, backend, settings, self.change))
    }
}

/// Serves on a thread of its own, so that the server's runtime lives as long as the test.
fn serve(
    template: &Template,
    database: Database,
    backend: Backend,
    settings: Settings,
    change: Option<Box<dyn FnOnce(App) -> App + Send>>,
) -> TestApp {
    let database_url = database.url.clone();
    let (started, wait) = mpsc::channel();
    let thread = std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async move {
            let app = application(connect(&database.url).await);
            let app = change.map_or_else(|| app.clone(), |change| change(app.clone()));
            let listener = TcpListener::bind("127.0.0.1:0").unwrap();
            let address = listener.local_addr().unwrap();
            let readiness = Readiness::at(Stage::Ready);
            let server = leadwright_api::server::start(app.clone(), listener, &settings, readiness.clone()).unwrap();
            started.send((app.clone(), address, server.handle(), readiness)).unwrap();
            server.await.unwrap();
            // A connection that a worker gave back while it stopped never arrives; the database goes away anyway.
            let _ = tokio::time::timeout(Duration::from_millis(200), app.db.close()).await;
            database.drop_it().await;
        });
    });
    let (app, address, handle, readiness) = wait.recv().expect("the server did not start");
    TestApp {
        app,
        organization: template.organization,
        admin: template.admin,
        address,
        backend,
        database_url,
        readiness,
        http: reqwest::Client::builder().redirect(reqwest::redirect::Policy::none()).build().unwrap(),
        server: Some((handle, thread)),
    }
}

impl TestApp {
    /// An application with nothing special.
    pub fn builder() -> Builder {
        Builder::default()
    }

    /// Somebody without a credential.
    pub fn anonymous(&self) -> Client {
        Client {
            http: self.http.clone(),
            base: format!("http://{}/api/v1", self.address),
            headers: vec![],
            user: None,
            organization: self.organization,
            app: self.app.clone(),
        }
    }

    /// The admin who is there from the start.
    pub async fn admin(&self) -> Client {
        self.client_of(self.organization, self.admin).await
    }

    /// A new person of this role.
    pub async fn sign_in(&self, role: Role) -> Client {
        let user = access::create_user(&self.app, self.organization, a_person(role)).await.unwrap();
        self.client_of(self.organization, user.id).await
    }

    /// The admin of a new organization.
    pub async fn stranger(&self) -> Client {
        let person = a_person(Role::Admin);
        let new = NewOrganization {
            name: "Strangers".to_owned(),
            timezone: chrono_tz::Europe::Berlin,
            country: "DE".to_owned(),
            base_currency: "EUR".to_owned(),
            admin_email: person.email,
            admin_name: person.name,
            admin_password: person.password,
        };
        let (organization, admin) = access::create_organization(&self.app, new).await.unwrap();
        self.client_of(organization.id, admin.id).await
    }

    async fn client_of(&self, organization: OrganizationId, user: UserId) -> Client {
        let session = access::open_session(&self.app, organization, user, None, None).await.unwrap();
        Client { user: Some(user), organization, ..self.anonymous() }.bearer(&session.access_token)
    }

    /// Moves business time. Tokens and sessions go by the wall clock and don't notice.
    pub fn advance(&self, by: TimeDelta) {
        self.app.clock.advance(by);
    }

    /// Moves the wall clock of tokens and sessions.
    pub fn advance_wall_clock(&self, by: TimeDelta) {
        self.app.access.clock.advance(by);
    }
}

impl Drop for TestApp {
    fn drop(&mut self) {
        if let Some((handle, thread)) = self.server.take() {
            // The order to stop is sent at once; its future only waits for the end, as the thread does.
            drop(handle.stop(false));
            let ended = thread.join();
            assert!(std::thread::panicking() || ended.is_ok(), "the server thread panicked");
        }
    }
}

/// Runs a scenario on a backend; what [`crate::on_both_databases`] expands to.
pub fn run<F: Future<Output = ()>>(backend: Backend, builder: Builder, scenario: impl FnOnce(TestApp) -> F) {
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build().unwrap();
    runtime.block_on(async {
        if let Some(app) = builder.start(backend).await {
            scenario(app).await;
        }
    });
}

fn a_person(role: Role) -> NewUser {
    static COUNT: AtomicU32 = AtomicU32::new(0);
    let number = COUNT.fetch_add(1, Ordering::Relaxed);
    NewUser {
        email: format!("{role}{number}@example.com"),
        name: format!("{role} {number}"),
        role,
        password: ADMIN_PASSWORD.to_owned(),
    }
}
