//! The use cases of Leadwright: load, decide, apply, tell.
//!
//! A use case that changes something is a [`leadwright_persistence::Command`]; one that only reads is a function over a
//! [`leadwright_persistence::Reader`]. Nothing here knows HTTP.

pub mod access;
pub mod block_list;
pub mod bulk_actions;
pub mod capture;
pub mod capture_forms;
pub mod cleansing;
pub mod clock;
pub mod configuration;
pub mod custom_fields;
pub mod demo;
pub mod duplicates;
pub mod exports;
pub mod import_mappings;
pub mod imports;
pub mod intake;
pub mod leads;
pub mod outbound;
pub mod privacy;
pub mod routing_rules;
pub mod secrets;
mod setting;
pub mod sources;
pub mod suggestions;
pub mod tags;
pub mod traffic;
pub mod version;
pub mod views;
pub mod worker;

use std::sync::Arc;

use access::Access;
use leadwright_domain::access::Scope;
use leadwright_persistence::{Call, Db, DbError};
use tokio::sync::Notify;

pub use clock::Clock;
pub use configuration::{Configuration, Configurations};
pub use secrets::Secrets;

/// Everything a use case needs from outside: the database, the time, the secrets.
#[derive(Clone, Debug)]
pub struct App {
    /// The database.
    pub db: Db,
    /// The time.
    pub clock: Clock,
    /// Keys derived from the installation's secret.
    pub secrets: Arc<Secrets>,
    /// What organizations have set, kept in memory while it is current.
    pub configurations: Arc<Configurations>,
    /// The way in for leads.
    pub intake: intake::Intake,
    /// Which form a public key names, kept in memory.
    pub forms: Arc<capture::Forms>,
    /// How people and programs prove who they are.
    pub access: Arc<Access>,
    /// Who is asked whether somebody is a person.
    pub captcha: Arc<capture::Verifier>,
    /// Who may be asked over HTTPS.
    pub outbound: outbound::Outbound,
    /// How many exported files may wait to be fetched.
    pub exports: Arc<exports::Places>,
    /// Whether somebody waits for the database at the moment.
    pub traffic: Arc<traffic::Traffic>,
    /// Rung when there is a job to be done, so that it begins at once.
    pub work: Arc<Notify>,
}

impl App {
    /// Puts the parts together.
    pub fn new(db: Db, clock: Clock, secrets: Secrets) -> Self {
        let secrets = Arc::new(secrets);
        let configurations = Arc::new(Configurations::new(Arc::clone(&secrets)));
        let intake = intake::Intake::new(db.clone(), clock.clone(), Arc::clone(&configurations));
        let access = Access::new(access::Settings::default());
        Self {
            db,
            clock,
            secrets,
            configurations,
            intake,
            forms: Arc::default(),
            access,
            captcha: Arc::default(),
            outbound: outbound::Outbound::default(),
            exports: Arc::default(),
            traffic: Arc::default(),
            work: Arc::default(),
        }
    }

    /// The same application with other settings of access.
    #[must_use]
    pub fn with_access(self, settings: access::Settings) -> Self {
        Self { access: Access::new(settings), ..self }
    }

    /// The same application that asks these verifiers of CAPTCHAs.
    #[must_use]
    pub fn with_captcha(self, verifier: capture::Verifier) -> Self {
        Self { captcha: Arc::new(verifier), ..self }
    }

    /// The same application that may ask these over HTTPS.
    #[must_use]
    pub fn with_outbound(self, outbound: outbound::Outbound) -> Self {
        Self { outbound, ..self }
    }

    /// The current settings of the organization of a call.
    ///
    /// # Errors
    /// The database failed.
    pub async fn configuration(&self, call: &Call) -> Result<Arc<Configuration>, DbError> {
        self.configurations.for_reader(&self.db.read(call)).await
    }

    /// A call by `scope`, now.
    pub fn call(&self, scope: Scope, request_id: Option<String>) -> Call {
        Call { scope, now: self.clock.now(), request_id }
    }
}
