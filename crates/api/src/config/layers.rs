//! Defaults, file and environment, laid over each other; every value remembers where it came from.

use std::{
    collections::BTreeMap,
    fmt,
    path::{Path, PathBuf},
};

use config::{File, FileFormat, Source, Value, ValueKind};
use leadwright_domain::fault::nearest;

use super::{KEYS, Setting};

/// The file that is read when it is there and no other is named.
const USUAL_FILE: &str = "leadwright.toml";

/// The variable that names another file.
const FILE_VARIABLE: &str = "LEADWRIGHT_CONFIG";

/// Variables that begin like ours and are not: those of the test suite and the checks, and those that Kubernetes sets
/// in every container for a service named "leadwright".
const OTHERS: &[&str] =
    &["LEADWRIGHT_TEST_", "LEADWRIGHT_REQUIRE_", "LEADWRIGHT_OPENAPI", "LEADWRIGHT_PORT", "LEADWRIGHT_SERVICE_"];

/// What was found outside.
#[derive(Clone, Debug, Default)]
pub struct Given {
    /// The file and its text.
    pub file: Option<(PathBuf, String)>,
    /// Variables that begin with `LEADWRIGHT_`.
    pub environment: Vec<(String, String)>,
}

impl Given {
    /// Looks at the process's environment and for the file.
    ///
    /// # Errors
    /// A file that was named can't be read.
    pub fn find(named: Option<&Path>) -> anyhow::Result<Self> {
        let environment: Vec<(String, String)> = std::env::vars_os()
            .map(|(name, value)| (name.to_string_lossy().into_owned(), value.to_string_lossy().into_owned()))
            // An empty variable is how many tools say "not set".
            .filter(|(name, value)| name.starts_with("LEADWRIGHT_") && !value.is_empty())
            .collect();
        let by_variable = environment.iter().find(|(name, _)| name == FILE_VARIABLE).map(|(_, path)| path.into());
        let file = match named.map(Path::to_path_buf).or(by_variable) {
            Some(path) => {
                let text = std::fs::read_to_string(&path).map_err(|error| {
                    anyhow::anyhow!("the configuration file {} can't be read: {error}", path.display())
                })?;
                Some((path, text))
            }
            None => match std::fs::read_to_string(USUAL_FILE) {
                Ok(text) => Some((USUAL_FILE.into(), text)),
                Err(error) if error.kind() == std::io::ErrorKind::NotFound => None,
                Err(error) => anyhow::bail!("the configuration file {USUAL_FILE} can't be read: {error}"),
            },
        };
        Ok(Self { file, environment })
    }
}

/// Where a value came from.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Origin {
    /// Nobody said anything.
    Default,
    /// The file.
    File(PathBuf),
    /// A variable.
    Variable(&'static str),
}

impl fmt::Display for Origin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Default => f.write_str("default"),
            Self::File(path) => write!(f, "{}", path.display()),
            Self::Variable(name) => f.write_str(name),
        }
    }
}

/// The texts of all keys, after the layers were laid over each other.
#[derive(Clone, Debug)]
pub struct Layers {
    texts: BTreeMap<&'static str, (String, Origin)>,
}

impl Layers {
    /// Lays the layers over each other; what belongs to no key is a fault.
    pub fn gather(given: &Given, faults: &mut Vec<String>) -> Self {
        let texts = KEYS.iter().map(|key| (key.path, (key.default.to_owned(), Origin::Default))).collect();
        let mut layers = Self { texts };
        if let Some((path, text)) = &given.file {
            layers.lay_file(path, text, faults);
        }
        layers.lay_environment(&given.environment, faults);
        layers
    }

    /// Where the value of a key came from.
    pub fn origin(&self, path: &str) -> &Origin {
        self.texts.get(path).map_or(&Origin::Default, |(_, origin)| origin)
    }

    /// Reads the value of a key; notes the fault if it can't be read.
    pub fn read<T: Setting>(&self, path: &str, faults: &mut Vec<String>) -> Option<T> {
        let (text, origin) = self.texts.get(path)?;
        match T::read(text) {
            Ok(value) => Some(value),
            Err(wanted) => {
                // The value itself is not repeated: it may be a secret in the wrong place.
                faults.push(format!("{path} (from {origin}): write {wanted}"));
                None
            }
        }
    }

    fn lay_environment(&mut self, environment: &[(String, String)], faults: &mut Vec<String>) {
        for (name, value) in environment {
            if let Some(key) = KEYS.iter().find(|key| key.variable == name) {
                self.texts.insert(key.path, (value.clone(), Origin::Variable(key.variable)));
            } else if name != FILE_VARIABLE && !OTHERS.iter().any(|other| name.starts_with(other)) {
                let known = KEYS.iter().map(|key| key.variable);
                faults.push(unknown(&format!("the variable {name}"), likeliest(name, known)));
            }
        }
    }

    fn lay_file(&mut self, path: &Path, text: &str, faults: &mut Vec<String>) {
        let entries = match File::from_str(text, FileFormat::Toml).collect() {
            Ok(entries) => entries,
            Err(error) => {
                faults.push(format!("{} is not TOML: {error}", path.display()));
                return;
            }
        };
        let mut flat = Vec::new();
        for (name, value) in entries {
            flatten(name, value, &mut flat);
        }
        flat.sort_by(|a, b| a.0.cmp(&b.0));
        for (name, value) in flat {
            let Some(key) = KEYS.iter().find(|key| key.path == name) else {
                let known = KEYS.iter().map(|key| key.path);
                faults.push(unknown(&format!("{name} in {}", path.display()), likeliest(&name, known)));
                continue;
            };
            match value.into_string() {
                Ok(text) => {
                    self.texts.insert(key.path, (text, Origin::File(path.to_path_buf())));
                }
                Err(_) => faults.push(format!("{name} in {}: write a text, a number or a list", path.display())),
            }
        }
    }
}

/// Tables become paths, lists become texts with commas.
fn flatten(name: String, value: Value, flat: &mut Vec<(String, Value)>) {
    match value.kind {
        ValueKind::Table(table) if !table.is_empty() => {
            for (inner, value) in table {
                flatten(format!("{name}.{inner}"), value, flat);
            }
        }
        ValueKind::Array(values) => {
            let texts: Result<Vec<String>, _> = values.into_iter().map(Value::into_string).collect();
            let joined = texts.map_or(ValueKind::Nil, |texts| ValueKind::String(texts.join(",")));
            flat.push((name, Value::new(None, joined)));
        }
        kind => flat.push((name, Value::new(None, kind))),
    }
}

/// The name that was meant, if one is near enough. Compared in lower case without what all variables share.
fn likeliest(written: &str, known: impl Iterator<Item = &'static str>) -> Option<&'static str> {
    let plain = |name: &str| name.to_lowercase().trim_start_matches("leadwright_").to_owned();
    let known: Vec<(String, &'static str)> = known.map(|name| (plain(name), name)).collect();
    let meant = nearest(&plain(written), known.iter().map(|(plain, _)| plain.as_str()))?;
    known.iter().find(|(plain, _)| plain == meant).map(|(_, name)| *name)
}

fn unknown(what: &str, meant: Option<&str>) -> String {
    match meant {
        Some(meant) => format!("{what} is unknown; did you mean {meant}?"),
        None => format!("{what} is unknown; `leadwright config` lists what there is"),
    }
}
