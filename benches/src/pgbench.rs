//! What PostgreSQL can do by itself, measured by its own program.

use std::{io::Write, process::Command};

use anyhow::{Context, Result, bail};

/// How to run `pgbench`.
#[derive(Clone, Debug)]
pub struct Bench<'a> {
    /// The database, as `postgres://…`.
    pub database: &'a str,
    /// Connections.
    pub clients: usize,
    /// Threads.
    pub threads: usize,
    /// How long.
    pub seconds: u64,
}

impl Bench<'_> {
    /// Runs a script again and again; answers transactions a second.
    ///
    /// # Errors
    /// `pgbench` is not installed, or the script fails.
    pub fn run(&self, script: &str) -> Result<f64> {
        let mut file = tempfile::NamedTempFile::new()?;
        file.write_all(script.as_bytes())?;
        let done = Command::new("pgbench")
            .args(["-n", "-c", &self.clients.to_string(), "-j", &self.threads.to_string()])
            .args(["-T", &self.seconds.to_string(), "-f"])
            .arg(file.path())
            .arg(self.database)
            .output()
            .context("pgbench can't be run; it comes with PostgreSQL")?;
        let told = String::from_utf8_lossy(&done.stdout);
        if !done.status.success() {
            bail!("pgbench failed: {}", String::from_utf8_lossy(&done.stderr));
        }
        rate_in(&told).with_context(|| format!("pgbench told no rate: {told}"))
    }
}

fn rate_in(told: &str) -> Option<f64> {
    let line = told.lines().find(|line| line.starts_with("tps = "))?;
    line.split_whitespace().nth(2)?.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rate_is_found() {
        let told = "latency average = 9.2 ms\ninitial connection time = 20 ms\ntps = 3456.78 (without initial connection time)\n";
        assert_eq!(rate_in(told), Some(3456.78));
        assert_eq!(rate_in("nothing"), None);
    }
}
