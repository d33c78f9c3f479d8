//! Where an installed PostgreSQL keeps its programs.

use std::env;
use std::path::{Path, PathBuf};
use std::process::Command;

/// Folders in which packages put one folder per version; `*` stands for it.
const USUAL: &[&str] = &[
    "/usr/lib/postgresql/*/bin",
    "/usr/pgsql-*/bin",
    "/usr/local/pgsql/bin",
    "/opt/homebrew/opt/postgresql*/bin",
    "/usr/local/opt/postgresql*/bin",
    "/home/linuxbrew/.linuxbrew/opt/postgresql*/bin",
    "/Applications/Postgres.app/Contents/Versions/*/bin",
];

/// The folder of `initdb` and `postgres`: on the `PATH`, else the newest one in a usual place.
pub fn find() -> Result<PathBuf, String> {
    on_the_path()
        .into_iter()
        .chain(named_by_pg_config())
        .chain(USUAL.iter().flat_map(|pattern| expand(pattern)))
        .find(|folder| folder.join("initdb").is_file() && folder.join("postgres").is_file())
        .ok_or_else(|| "no PostgreSQL server is installed (Debian: apt-get install postgresql)".to_owned())
}

fn on_the_path() -> Vec<PathBuf> {
    env::var_os("PATH").map(|path| env::split_paths(&path).collect()).unwrap_or_default()
}

fn named_by_pg_config() -> Option<PathBuf> {
    let output = Command::new("pg_config").arg("--bindir").output().ok()?;
    Some(PathBuf::from(String::from_utf8(output.stdout).ok()?.trim()))
}

/// The folders that a pattern with one star matches, newest version first.
fn expand(pattern: &str) -> Vec<PathBuf> {
    let Some((before, after)) = pattern.split_once('*') else { return vec![PathBuf::from(pattern)] };
    let (parent, start) = before.rsplit_once('/').unwrap_or(("", before));
    let mut names: Vec<String> = Path::new(parent)
        .read_dir()
        .into_iter()
        .flatten()
        .filter_map(|entry| entry.ok()?.file_name().into_string().ok())
        .filter(|name| name.starts_with(start))
        .collect();
    names.sort_by_key(|name| std::cmp::Reverse(version(name)));
    names.iter().map(|name| PathBuf::from(format!("{parent}/{name}{after}"))).collect()
}

fn version(name: &str) -> u32 {
    let digits: String = name.chars().skip_while(|c| !c.is_ascii_digit()).take_while(char::is_ascii_digit).collect();
    digits.parse().unwrap_or(0)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_newest_version_comes_first() {
        let folder = tempfile::tempdir().unwrap();
        for name in ["pg-9", "pg-15", "pg-10", "other-99"] {
            std::fs::create_dir(folder.path().join(name)).unwrap();
        }
        let root = folder.path().display();
        let expected: Vec<_> = ["15", "10", "9"].iter().map(|v| PathBuf::from(format!("{root}/pg-{v}/bin"))).collect();
        assert_eq!(expand(&format!("{root}/pg-*/bin")), expected);
    }
}
