//! Kinds of values: how each is read from text, and shown.

use std::time::Duration;

use secrecy::{ExposeSecret, SecretString};

/// A value that can be written in a file or a variable.
pub trait Setting: Sized {
    /// Reads it.
    ///
    /// # Errors
    /// What to write instead, as the end of the sentence "write …".
    fn read(text: &str) -> Result<Self, String>;

    /// The value as it may be shown.
    fn show(&self) -> String;
}

impl Setting for String {
    fn read(text: &str) -> Result<Self, String> {
        if text.trim().is_empty() { Err("a text that is not empty".to_owned()) } else { Ok(text.trim().to_owned()) }
    }

    fn show(&self) -> String {
        self.clone()
    }
}

impl Setting for bool {
    fn read(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "true" | "on" | "yes" | "1" => Ok(true),
            "false" | "off" | "no" | "0" => Ok(false),
            _ => Err("`true` or `false`".to_owned()),
        }
    }

    fn show(&self) -> String {
        self.to_string()
    }
}

impl<T: Setting> Setting for Option<T> {
    fn read(text: &str) -> Result<Self, String> {
        if text.is_empty() { Ok(None) } else { T::read(text).map(Some) }
    }

    fn show(&self) -> String {
        self.as_ref().map_or_else(String::new, Setting::show)
    }
}

impl<T: Setting> Setting for Vec<T> {
    fn read(text: &str) -> Result<Self, String> {
        text.split(',').map(str::trim).filter(|one| !one.is_empty()).map(T::read).collect()
    }

    fn show(&self) -> String {
        self.iter().map(Setting::show).collect::<Vec<_>>().join(", ")
    }
}

/// A whole number within bounds.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Whole<const LEAST: u32, const MOST: u32>(pub u32);

impl<const LEAST: u32, const MOST: u32> Setting for Whole<LEAST, MOST> {
    fn read(text: &str) -> Result<Self, String> {
        let number = text.replace('_', "").parse().ok().filter(|number| (LEAST..=MOST).contains(number));
        number.map(Self).ok_or_else(|| format!("a whole number from {LEAST} to {MOST}"))
    }

    fn show(&self) -> String {
        self.0.to_string()
    }
}

/// A length of time, such as `500ms`, `30s`, `5m` or `1h`; at least a millisecond, at most a day.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span(pub Duration);

impl Setting for Span {
    fn read(text: &str) -> Result<Self, String> {
        let wrong = || "a time from `1ms` to `24h`, with `ms`, `s`, `m` or `h`".to_owned();
        let (number, unit) = split_unit(text);
        let number: u64 = number.parse().map_err(|_| wrong())?;
        let factor = match unit {
            "ms" => 1,
            "s" | "" => 1_000,
            "m" | "min" => 60_000,
            "h" => 3_600_000,
            _ => return Err(wrong()),
        };
        let milliseconds = number.checked_mul(factor).filter(|ms| (1..=86_400_000).contains(ms)).ok_or_else(wrong)?;
        Ok(Self(Duration::from_millis(milliseconds)))
    }

    fn show(&self) -> String {
        match self.0.as_millis() {
            ms if ms % 3_600_000 == 0 => format!("{}h", ms / 3_600_000),
            ms if ms % 60_000 == 0 => format!("{}m", ms / 60_000),
            ms if ms % 1_000 == 0 => format!("{}s", ms / 1_000),
            ms => format!("{ms}ms"),
        }
    }
}

/// A size in bytes, such as `65536`, `512KiB` or `2MiB`; at most 1 GiB.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Size(pub usize);

impl Setting for Size {
    fn read(text: &str) -> Result<Self, String> {
        let wrong = || "a size from `1KiB` to `1GiB`".to_owned();
        let (number, unit) = split_unit(text);
        let number: usize = number.parse().map_err(|_| wrong())?;
        let factor = match unit.to_ascii_lowercase().as_str() {
            "" | "b" => 1,
            "k" | "kb" | "kib" => 1 << 10,
            "m" | "mb" | "mib" => 1 << 20,
            "g" | "gb" | "gib" => 1 << 30,
            _ => return Err(wrong()),
        };
        let bytes = number.checked_mul(factor).filter(|bytes| (1 << 10..=1 << 30).contains(bytes));
        bytes.map(Self).ok_or_else(wrong)
    }

    fn show(&self) -> String {
        match self.0 {
            bytes if bytes % (1 << 20) == 0 => format!("{}MiB", bytes >> 20),
            bytes if bytes % (1 << 10) == 0 => format!("{}KiB", bytes >> 10),
            bytes => bytes.to_string(),
        }
    }
}

fn split_unit(text: &str) -> (&str, &str) {
    let end = text.find(|c: char| !c.is_ascii_digit()).unwrap_or(text.len());
    (&text[..end], text[end..].trim())
}

/// Something nobody should read over a shoulder or in a log.
#[derive(Clone, Debug)]
pub struct Secret(SecretString);

impl Secret {
    /// The secret itself.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }
}

impl Setting for Secret {
    fn read(text: &str) -> Result<Self, String> {
        Ok(Self(text.to_owned().into()))
    }

    fn show(&self) -> String {
        "(hidden)".to_owned()
    }
}

/// Where the database is; its password is shown to nobody.
#[derive(Clone, Debug)]
pub struct DatabaseUrl(SecretString);

impl DatabaseUrl {
    /// The URL, password and all.
    pub fn reveal(&self) -> &str {
        self.0.expose_secret()
    }

    /// Whether it names PostgreSQL.
    pub fn is_postgres(&self) -> bool {
        self.reveal().starts_with("postgres")
    }

    /// The file, if it names SQLite on disk.
    pub fn sqlite_file(&self) -> Option<&str> {
        let rest = self.reveal().strip_prefix("sqlite:")?;
        let file = rest.strip_prefix("//").unwrap_or(rest).split('?').next().unwrap_or_default();
        (!file.is_empty() && file != ":memory:").then_some(file)
    }
}

impl Setting for DatabaseUrl {
    fn read(text: &str) -> Result<Self, String> {
        let known = ["sqlite:", "postgres://", "postgresql://"].iter().any(|scheme| text.starts_with(scheme));
        if known {
            Ok(Self(text.to_owned().into()))
        } else {
            Err("`sqlite://path` or `postgres://user:password@host/name`".to_owned())
        }
    }

    fn show(&self) -> String {
        let url = self.reveal();
        let Some((scheme, rest)) = url.split_once("://") else { return url.to_owned() };
        // A password may hold an `@` that was not escaped: the last one ends it.
        let shown = match rest.rsplit_once('@') {
            Some((who, place)) if self.is_postgres() => {
                let user = who.split_once(':').map_or(who, |(user, _)| user);
                format!("{scheme}://{user}:(hidden)@{place}")
            }
            _ => url.to_owned(),
        };
        // It may also stand among the parameters.
        match shown.split_once("password=") {
            Some((front, back)) => {
                let end = back.find('&').unwrap_or(back.len());
                format!("{front}password=(hidden){}", &back[end..])
            }
            None => shown,
        }
    }
}

/// Host and port to listen on.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Listen(pub String);

impl Setting for Listen {
    fn read(text: &str) -> Result<Self, String> {
        let port = text.rsplit_once(':').filter(|(host, _)| !host.is_empty()).and_then(|(_, port)| port.parse().ok());
        port.map(|_: u16| Self(text.to_owned())).ok_or_else(|| "host and port, such as `127.0.0.1:8080`".to_owned())
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

/// The address by which callers reach the API, without a slash at its end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PublicUrl(pub String);

impl PublicUrl {
    /// Whether callers come by TLS.
    pub fn is_https(&self) -> bool {
        self.0.starts_with("https://")
    }
}

impl Setting for PublicUrl {
    fn read(text: &str) -> Result<Self, String> {
        origin(text.trim_end_matches('/'))
            .map(Self)
            .ok_or_else(|| "an address such as `https://leads.example.com`".to_owned())
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

/// An origin of web pages as browsers send it, or `*`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct CorsOrigin(pub String);

impl Setting for CorsOrigin {
    fn read(text: &str) -> Result<Self, String> {
        let known = if text == "*" { Some("*".to_owned()) } else { origin(text.trim_end_matches('/')) };
        known.map(Self).ok_or_else(|| "origins such as `https://app.example.com` (no path), or `*`".to_owned())
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

/// Scheme, host and port, in lower case as browsers write them.
fn origin(text: &str) -> Option<String> {
    let rest = text.strip_prefix("https://").or_else(|| text.strip_prefix("http://"))?;
    let sane = !rest.is_empty() && rest.bytes().all(|byte| byte.is_ascii_alphanumeric() || b".-:[]".contains(&byte));
    sane.then(|| text.to_ascii_lowercase())
}

/// Which events are logged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogFilter(pub String);

impl Setting for LogFilter {
    fn read(text: &str) -> Result<Self, String> {
        match tracing_subscriber::EnvFilter::try_new(text) {
            Ok(_) if !text.trim().is_empty() => Ok(Self(text.to_owned())),
            _ => Err("a level (`error`, `warn`, `info`, `debug`, `trace`), or `part=level` pairs".to_owned()),
        }
    }

    fn show(&self) -> String {
        self.0.clone()
    }
}

/// How events are written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum LogFormat {
    /// Pretty on a terminal, JSON elsewhere.
    Auto,
    /// For people.
    Pretty,
    /// For machines.
    Json,
}

impl Setting for LogFormat {
    fn read(text: &str) -> Result<Self, String> {
        match text {
            "auto" => Ok(Self::Auto),
            "pretty" => Ok(Self::Pretty),
            "json" => Ok(Self::Json),
            _ => Err("`auto`, `pretty` or `json`".to_owned()),
        }
    }

    fn show(&self) -> String {
        match self {
            Self::Auto => "auto",
            Self::Pretty => "pretty",
            Self::Json => "json",
        }
        .to_owned()
    }
}
