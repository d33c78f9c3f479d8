//! A PostgreSQL cluster that lives exactly as long as the test process.

use std::fs;
use std::os::unix::fs::{MetadataExt, chown};
use std::os::unix::process::CommandExt;
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

use super::binaries;

/// Makes, serves and removes the cluster; see there.
const KEEPER: &str = include_str!("cluster.sh");

/// A cluster is made and answers within about two seconds; a busy machine gets more.
const PATIENCE: Duration = Duration::from_secs(90);

/// What a memory disk must have free before a whole test run is put on it.
const ROOM_IN_MEMORY_KB: u64 = 6 * 1024 * 1024;

/// A running throwaway cluster, reachable through a socket in a folder that only its user (and root) can open.
pub struct Cluster {
    folder: PathBuf,
    /// Its standard input closes with this process, whatever ends it, and that ends the cluster.
    keeper: Child,
}

impl Cluster {
    /// Starts a cluster in the first place that works.
    pub fn start() -> Result<Self, String> {
        let bin = binaries::find()?;
        let mut reasons = Vec::new();
        for place in places() {
            match Self::start_in(&place, &bin) {
                Ok(cluster) => return Ok(cluster),
                Err(reason) => reasons.push(format!("in {}: {reason}", place.display())),
            }
        }
        Err(format!("the PostgreSQL in {} could not be started; {}", bin.display(), reasons.join("; ")))
    }

    /// What stands before and after the name of a database in a URL.
    pub fn url_parts(&self) -> (String, String) {
        ("postgres://postgres@localhost:5432/".to_owned(), format!("?host={}", self.folder.display()))
    }

    fn start_in(place: &Path, bin: &Path) -> Result<Self, String> {
        let folder = tempfile::Builder::new().prefix("leadwright-pg-").tempdir_in(place).map_err(says)?;
        let user = ServerUser::who_may_own(folder.path())?;
        let mut keeper = Command::new("sh");
        keeper
            .args(["-c", KEEPER, "leadwright-test-postgres"])
            .arg(bin)
            .current_dir(folder.path())
            .env("LC_ALL", "C")
            .stdin(Stdio::piped())
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .process_group(0); // Ctrl-C is for the tests; the keeper still has to clean up.
        if let Some(user) = user {
            chown(folder.path(), Some(user.uid), Some(user.gid)).map_err(says)?;
            keeper.uid(user.uid).gid(user.gid);
        }
        let keeper = keeper.spawn().map_err(says)?;
        let mut cluster = Self { folder: folder.keep(), keeper };
        match cluster.wait_until_ready() {
            Ok(()) => Ok(cluster),
            Err(reason) => {
                cluster.give_up();
                Err(reason)
            }
        }
    }

    fn wait_until_ready(&mut self) -> Result<(), String> {
        let (before, after) = self.url_parts();
        let url = format!("{before}postgres{after}");
        let deadline = Instant::now() + PATIENCE;
        while Instant::now() < deadline {
            if self.folder.join(".s.PGSQL.5432").exists() && super::answers(&url).is_ok() {
                return Ok(());
            }
            let log = fs::read_to_string(self.folder.join("server.log")).unwrap_or_default();
            if log.contains("FATAL: initdb failed") || log.contains("database system is shut down") {
                return Err(last_lines(&log));
            }
            if let Ok(Some(status)) = self.keeper.try_wait() {
                return Err(format!("its keeper ended ({status})"));
            }
            std::thread::sleep(Duration::from_millis(20));
        }
        Err(format!("no answer within {} seconds", PATIENCE.as_secs()))
    }

    fn give_up(&mut self) {
        drop(self.keeper.stdin.take());
        drop(self.keeper.wait());
        drop(fs::remove_dir_all(&self.folder));
    }
}

/// PostgreSQL refuses to run as root; then somebody else has to.
struct ServerUser {
    uid: u32,
    gid: u32,
}

impl ServerUser {
    /// `None` where the owner of a folder just made (that is, we) may run the server.
    fn who_may_own(folder: &Path) -> Result<Option<Self>, String> {
        if fs::metadata(folder).map_err(says)?.uid() != 0 {
            return Ok(None);
        }
        let found = Self::named("postgres").or_else(|| Self::named("nobody"));
        found.map(Some).ok_or("running as root, and there is no user postgres or nobody to run the server".to_owned())
    }

    fn named(name: &str) -> Option<Self> {
        let id = |what| {
            let output = Command::new("id").args([what, name]).output().ok()?;
            String::from_utf8(output.stdout).ok()?.trim().parse().ok()
        };
        Some(Self { uid: id("-u")?, gid: id("-g")? })
    }
}

/// Memory if it is roomy, else wherever temporary files go. Root's own folders may be closed to the server's user.
fn places() -> Vec<PathBuf> {
    let memory = PathBuf::from("/dev/shm");
    let mut places = Vec::new();
    if free_kb(&memory).is_some_and(|free| free >= ROOM_IN_MEMORY_KB) {
        places.push(memory);
    }
    places.push(std::env::temp_dir());
    for usual in ["/tmp", "/var/tmp"] {
        let usual = PathBuf::from(usual);
        if !places.contains(&usual) && usual.is_dir() {
            places.push(usual);
        }
    }
    places
}

fn free_kb(folder: &Path) -> Option<u64> {
    let output = Command::new("df").arg("-Pk").arg(folder).output().ok()?;
    String::from_utf8(output.stdout).ok()?.lines().nth(1)?.split_whitespace().nth(3)?.parse().ok()
}

fn last_lines(log: &str) -> String {
    let lines: Vec<&str> = log.lines().collect();
    lines[lines.len().saturating_sub(8)..].join("\n")
}

fn says(error: std::io::Error) -> String {
    error.to_string()
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::{BufRead, BufReader, Write};

    /// Not a test of its own: the process that the test below kills.
    #[test]
    #[ignore = "run by a_killed_process_leaves_nothing_behind"]
    fn hold_a_cluster() {
        let line = match Cluster::start() {
            Ok(cluster) => {
                let line = format!("\nheld {}\n", cluster.folder.display());
                std::mem::forget(cluster);
                line
            }
            Err(reason) => format!("\nnone {reason}\n"),
        };
        std::io::stderr().write_all(line.as_bytes()).unwrap();
        std::thread::sleep(PATIENCE);
    }

    #[test]
    fn a_killed_process_leaves_nothing_behind() {
        if binaries::find().is_err() {
            return;
        }
        let mut holder = Command::new(std::env::current_exe().unwrap())
            .args(["--exact", "postgres::cluster::tests::hold_a_cluster", "--ignored"])
            .stdout(Stdio::null())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let lines = BufReader::new(holder.stderr.take().unwrap()).lines().map_while(Result::ok);
        let folder = lines.filter_map(|line| line.strip_prefix("held ").map(PathBuf::from)).next();
        let folder = folder.expect("the holder starts a cluster");
        assert!(folder.join("data/postmaster.pid").exists());

        holder.kill().unwrap();
        holder.wait().unwrap();

        let deadline = Instant::now() + Duration::from_secs(30);
        while folder.exists() && Instant::now() < deadline {
            std::thread::sleep(Duration::from_millis(20));
        }
        assert!(!folder.exists(), "{} outlives its process", folder.display());
    }
}
