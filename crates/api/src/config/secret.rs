//! The installation's secret: given, or generated once beside a SQLite database.

use std::{
    fs::{self, OpenOptions},
    io::Write,
    path::{Path, PathBuf},
};

use anyhow::{Context, bail};
use base64::{Engine, engine::general_purpose::URL_SAFE_NO_PAD};
use leadwright_app::Secrets;

use super::Settings;

/// The fewest characters of a secret.
pub const SHORTEST: usize = 32;

/// The name of the generated file.
const FILE: &str = "leadwright.secret";

/// The secret that the settings name, or the one beside the database, made if it is not there.
///
/// # Errors
/// PostgreSQL without a secret: several nodes share it, so none of them may make one up. Or the file can't be read,
/// written or used.
pub fn secrets(settings: &Settings) -> anyhow::Result<Secrets> {
    if let Some(key) = &settings.auth.secret_key {
        return Ok(Secrets::new(key.reveal())?);
    }
    if settings.database.url.is_postgres() {
        bail!(
            "set LEADWRIGHT_SECRET_KEY (auth.secret_key): nodes on one PostgreSQL share it, so it is not made up; \
             `openssl rand -hex 32` makes one"
        );
    }
    let Some(database) = settings.database.url.sqlite_file() else { return Ok(Secrets::new(fresh()?)?) };
    let path = Path::new(database).with_file_name(FILE);
    let text = read_or_make(&path).with_context(|| format!("the secret key file {}", path.display()))?;
    let secret = text.trim();
    if secret.len() < SHORTEST {
        bail!(
            "the secret key file {} holds fewer than {SHORTEST} characters; restore it from a backup",
            path.display()
        );
    }
    Ok(Secrets::new(secret)?)
}

fn read_or_make(path: &Path) -> anyhow::Result<String> {
    match fs::read_to_string(path) {
        Ok(text) => return Ok(text),
        Err(error) if error.kind() == std::io::ErrorKind::NotFound => {}
        Err(error) => return Err(error.into()),
    }
    let draft = PathBuf::from(format!("{}.{}", path.display(), std::process::id()));
    write_private(&draft, &fresh()?)?;
    // Whoever links first wins, so that two processes that start together agree.
    let linked = fs::hard_link(&draft, path);
    fs::remove_file(&draft)?;
    match linked {
        Ok(()) => tracing::info!(file = %path.display(), "made a secret key; back it up together with the database"),
        Err(error) if error.kind() == std::io::ErrorKind::AlreadyExists => {}
        Err(error) => return Err(error.into()),
    }
    Ok(fs::read_to_string(path)?)
}

fn write_private(path: &Path, text: &str) -> anyhow::Result<()> {
    let mut options = OpenOptions::new();
    options.write(true).create(true).truncate(true);
    #[cfg(unix)]
    std::os::unix::fs::OpenOptionsExt::mode(&mut options, 0o600);
    let mut file = options.open(path)?;
    writeln!(file, "{text}")?;
    file.sync_all()?;
    Ok(())
}

fn fresh() -> anyhow::Result<String> {
    let mut bytes = [0_u8; 32];
    aws_lc_rs::rand::fill(&mut bytes).map_err(|_| anyhow::anyhow!("the system gives no random numbers"))?;
    Ok(URL_SAFE_NO_PAD.encode(bytes))
}

#[cfg(test)]
mod tests {
    #![allow(clippy::unwrap_used)]
    use super::*;
    use crate::config::Given;

    fn settings(variables: &[(&str, &str)]) -> Settings {
        let environment = variables.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect();
        Settings::load(&Given { file: None, environment }).unwrap().0
    }

    #[test]
    fn sqlite_gets_one_file_that_only_the_owner_reads() {
        let folder = tempfile::tempdir().unwrap();
        let url = format!("sqlite://{}/leads.db", folder.path().display());
        let settings = settings(&[("LEADWRIGHT_DATABASE_URL", &url)]);
        let first = secrets(&settings).unwrap().fingerprint(b"x");
        assert_eq!(secrets(&settings).unwrap().fingerprint(b"x"), first);
        let file = folder.path().join(FILE);
        #[cfg(unix)]
        assert_eq!(std::os::unix::fs::MetadataExt::mode(&fs::metadata(&file).unwrap()) & 0o777, 0o600);
        fs::write(file, "short").unwrap();
        assert!(secrets(&settings).unwrap_err().to_string().contains("backup"));
    }

    #[test]
    fn postgres_needs_a_secret() {
        let url = ("LEADWRIGHT_DATABASE_URL", "postgres://localhost/leads");
        let refusal = secrets(&settings(&[url])).unwrap_err().to_string();
        assert!(refusal.contains("LEADWRIGHT_SECRET_KEY"), "{refusal}");
        let key = ("LEADWRIGHT_SECRET_KEY", "0123456789abcdef0123456789abcdef");
        assert!(secrets(&settings(&[url, key])).is_ok());
    }
}
