//! The settings: defaults, then a TOML file, then the environment. Nothing else of Leadwright reads the environment.

mod kinds;
mod layers;
mod network;
pub mod secret;
#[cfg(test)]
mod tests;

pub use kinds::{CorsOrigin, DatabaseUrl, Listen, LogFilter, LogFormat, PublicUrl, Secret, Setting, Size, Span, Whole};
pub use layers::{Given, Layers, Origin};
pub use network::{Network, within};

/// A setting as the documentation, the file and the environment know it.
#[derive(Clone, Copy, Debug)]
pub struct Key {
    /// `section.name`: its place in the file.
    pub path: &'static str,
    /// Its environment variable.
    pub variable: &'static str,
    /// What holds without a word about it; empty for nothing.
    pub default: &'static str,
    /// What it does.
    pub about: &'static str,
}

/// The settings can't be used; every fault with its key and the way out.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the configuration needs mending:\n  {}", .0.join("\n  "))]
pub struct ConfigError(pub Vec<String>);

/// Declares sections, keys, defaults and variables in one place.
macro_rules! settings {
    ($($(#[doc = $about_section:literal])* $section:ident: $Section:ident {
        $($(#[doc = $about:literal])* $name:ident: $kind:ty = $default:literal, $variable:literal;)*
    })*) => {
        $(
            $(#[doc = $about_section])*
            #[derive(Clone, Debug)]
            pub struct $Section { $($(#[doc = $about])* pub $name: $kind,)* }
        )*

        /// Everything that can be set.
        #[derive(Clone, Debug)]
        pub struct Settings { $($(#[doc = $about_section])* pub $section: $Section,)* }

        /// Every key, in the order of the documentation.
        pub const KEYS: &[Key] = &[$($(Key {
            path: concat!(stringify!($section), ".", stringify!($name)),
            variable: $variable,
            default: $default,
            about: concat!($($about),*),
        },)*)*];

        impl Settings {
            /// Reads every value; all faults are noted before giving up.
            fn read(layers: &Layers, faults: &mut Vec<String>) -> Option<Self> {
                $($(layers.read::<$kind>(concat!(stringify!($section), ".", stringify!($name)), faults);)*)*
                let quiet = &mut Vec::new();
                Some(Self { $($section: $Section {
                    $($name: layers.read(concat!(stringify!($section), ".", stringify!($name)), quiet)?,)*
                },)* })
            }

            /// Every key with its value as it may be shown: secrets are hidden.
            pub fn shown(&self) -> Vec<(&'static str, String)> {
                vec![$($((
                    concat!(stringify!($section), ".", stringify!($name)),
                    Setting::show(&self.$section.$name),
                ),)*)*]
            }
        }
    };
}

settings! {
    /// Where the data is.
    database: Database {
        /// `sqlite://path` or `postgres://user:password@host/name`.
        url: DatabaseUrl = "sqlite://leadwright.db", "LEADWRIGHT_DATABASE_URL";
        /// The most connections: to PostgreSQL in all, half of them for reading; to SQLite for reading.
        max_connections: Whole<2, 500> = "20", "LEADWRIGHT_DATABASE_MAX_CONNECTIONS";
        /// PostgreSQL gives up a statement that runs longer.
        statement_timeout: Span = "10s", "LEADWRIGHT_DATABASE_STATEMENT_TIMEOUT";
        /// How long a request waits for a free connection before it is told to come back.
        acquire_timeout: Span = "5s", "LEADWRIGHT_DATABASE_ACQUIRE_TIMEOUT";
        /// How long to wait at the start for a database that does not answer yet.
        start_timeout: Span = "30s", "LEADWRIGHT_DATABASE_START_TIMEOUT";
        /// Whether `serve` and `worker` bring the schema up to date; otherwise run `leadwright migrate` first.
        migrate_on_start: bool = "true", "LEADWRIGHT_MIGRATE_ON_START";
    }
    /// How the API is reached.
    http: Http {
        /// Address and port to listen on.
        listen: Listen = "127.0.0.1:8080", "LEADWRIGHT_LISTEN";
        /// The address by which callers reach the API, such as `https://leads.example.com`; with `https`, browsers are told to insist on it (HSTS).
        public_url: Option<PublicUrl> = "", "LEADWRIGHT_PUBLIC_URL";
        /// Addresses or networks of proxies whose `X-Forwarded-For` is believed.
        trusted_proxies: Vec<Network> = "", "LEADWRIGHT_TRUSTED_PROXIES";
        /// Threads that serve requests; 0 for one on each core.
        worker_threads: Whole<0, 1024> = "0", "LEADWRIGHT_WORKER_THREADS";
        /// How long a client may take to send the headers of a request.
        header_timeout: Span = "10s", "LEADWRIGHT_HEADER_TIMEOUT";
        /// How long an idle connection is kept.
        keep_alive: Span = "75s", "LEADWRIGHT_KEEP_ALIVE";
        /// How long requests may take to finish once the server was told to stop.
        shutdown_timeout: Span = "30s", "LEADWRIGHT_SHUTDOWN_TIMEOUT";
    }
    /// Keys and the first admin.
    auth: Auth {
        /// At least 32 characters from which all keys are derived, the same on every node. On SQLite, one is generated beside the database when it is not set.
        secret_key: Option<Secret> = "", "LEADWRIGHT_SECRET_KEY";
        /// E-mail address of the admin who is made at the first start.
        admin_email: Option<String> = "", "LEADWRIGHT_ADMIN_EMAIL";
        /// The first admin's password.
        admin_password: Option<Secret> = "", "LEADWRIGHT_ADMIN_PASSWORD";
        /// Name of the organization that is made with the first admin.
        organization: String = "My organization", "LEADWRIGHT_ORGANIZATION";
    }
    /// What is logged, and how.
    log: Log {
        /// What to log: `error`, `warn`, `info`, `debug`, `trace`, or by part: `info,leadwright_persistence=debug`.
        filter: LogFilter = "info", "LEADWRIGHT_LOG";
        /// `pretty` for people, `json` for machines, `auto` for pretty on a terminal and JSON elsewhere.
        format: LogFormat = "auto", "LEADWRIGHT_LOG_FORMAT";
    }
    /// What one caller may ask for.
    limits: Limits {
        /// Requests a minute for each caller: an access token, an API key, or else an address. 0 for no limit.
        requests_per_minute: Whole<0, 10_000_000> = "600000", "LEADWRIGHT_LIMIT_REQUESTS";
        /// Requests a minute to `/api/v1/auth/…` from each address. 0 for no limit.
        auth_requests_per_minute: Whole<0, 10_000_000> = "1200", "LEADWRIGHT_LIMIT_AUTH_REQUESTS";
        /// The largest JSON body.
        json_body: Size = "2MiB", "LEADWRIGHT_LIMIT_JSON_BODY";
        /// How long a client may take to send a JSON body.
        body_timeout: Span = "30s", "LEADWRIGHT_LIMIT_BODY_TIMEOUT";
    }
    /// Which web pages may call the API.
    cors: Cors {
        /// Origins such as `https://app.example.com`, separated by commas; `*` for all. Capture forms have lists of their own.
        origins: Vec<CorsOrigin> = "", "LEADWRIGHT_CORS_ORIGINS";
        /// How long a browser may remember the answer to a preflight request.
        max_age: Span = "1h", "LEADWRIGHT_CORS_MAX_AGE";
    }
    /// Who is asked whether a CAPTCHA was solved. Only these addresses are ever asked: a form chooses among them.
    captcha: Captcha {
        /// Cloudflare Turnstile.
        turnstile_url: String = "https://challenges.cloudflare.com/turnstile/v0/siteverify", "LEADWRIGHT_CAPTCHA_TURNSTILE_URL";
        /// hCaptcha.
        hcaptcha_url: String = "https://api.hcaptcha.com/siteverify", "LEADWRIGHT_CAPTCHA_HCAPTCHA_URL";
        /// Google reCAPTCHA.
        recaptcha_url: String = "https://www.google.com/recaptcha/api/siteverify", "LEADWRIGHT_CAPTCHA_RECAPTCHA_URL";
        /// How long to wait for a verdict; without one, a post is quarantined.
        timeout: Span = "5s", "LEADWRIGHT_CAPTCHA_TIMEOUT";
    }
    /// What other systems are asked when only the id of a lead came from them.
    outbound: Outbound {
        /// Whether addresses that are not public, and `http`, may be asked too: for systems inside the own network. Whoever may change capture forms can then reach those.
        private_addresses: bool = "false", "LEADWRIGHT_OUTBOUND_PRIVATE_ADDRESSES";
    }
    /// Periodic work.
    worker: Worker {
        /// How often to look for work that is due.
        interval: Span = "1m", "LEADWRIGHT_WORKER_INTERVAL";
    }
}

impl Settings {
    /// Puts the layers together and checks them.
    ///
    /// # Errors
    /// Unknown keys and values that can't be used, all of them.
    pub fn load(given: &Given) -> Result<(Self, Layers), ConfigError> {
        let mut faults = Vec::new();
        let layers = Layers::gather(given, &mut faults);
        let settings = Self::read(&layers, &mut faults);
        if let Some(settings) = &settings {
            settings.check(&mut faults);
        }
        match settings {
            Some(settings) if faults.is_empty() => Ok((settings, layers)),
            _ => Err(ConfigError(faults)),
        }
    }

    /// What holds when nothing is set.
    ///
    /// # Errors
    /// A default is not valid (a test sees to it that none is).
    pub fn defaults() -> Result<Self, ConfigError> {
        Ok(Self::load(&Given::default())?.0)
    }

    /// The settings as persistence wants them.
    pub fn database(&self) -> leadwright_persistence::Settings {
        leadwright_persistence::Settings {
            url: self.database.url.reveal().to_owned(),
            max_connections: self.database.max_connections.0,
            statement_timeout: self.database.statement_timeout.0,
            acquire_timeout: self.database.acquire_timeout.0,
        }
    }

    /// The settings of the verifiers of CAPTCHAs.
    pub fn verifiers(&self) -> leadwright_app::capture::VerifierSettings {
        let captcha = &self.captcha;
        leadwright_app::capture::VerifierSettings {
            turnstile_url: captcha.turnstile_url.clone(),
            hcaptcha_url: captcha.hcaptcha_url.clone(),
            recaptcha_url: captcha.recaptcha_url.clone(),
            timeout: captcha.timeout.0,
        }
    }

    /// What can't be said of one key alone.
    fn check(&self, faults: &mut Vec<String>) {
        if self.auth.admin_email.is_some() != self.auth.admin_password.is_some() {
            faults.push(
                "auth.admin_email and auth.admin_password go together: set both, or neither \
                 (LEADWRIGHT_ADMIN_EMAIL, LEADWRIGHT_ADMIN_PASSWORD)"
                    .to_owned(),
            );
        }
        if self.auth.secret_key.as_ref().is_some_and(|key| key.reveal().len() < secret::SHORTEST) {
            faults.push(format!(
                "auth.secret_key (LEADWRIGHT_SECRET_KEY) needs at least {} characters; `openssl rand -hex 32` makes one",
                secret::SHORTEST
            ));
        }
    }
}
