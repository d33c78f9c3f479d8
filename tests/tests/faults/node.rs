//! A process of the program.

use std::{
    fs::{self, File},
    path::{Path, PathBuf},
    process::{Child, Command, ExitStatus, Stdio},
    sync::atomic::{AtomicU32, Ordering},
    time::{Duration, Instant},
};

use crate::binary;

/// How long a start may take on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);
const PAUSE: Duration = Duration::from_millis(10);

/// A running process; ends with its value at the latest.
pub struct Node {
    /// Where it serves: `http://127.0.0.1:…`.
    pub base: String,
    process: Child,
    log: PathBuf,
}

impl Node {
    /// Starts a process in a folder and waits until it serves.
    pub async fn start(folder: &Path, variables: &[(&str, &str)]) -> Self {
        static COUNT: AtomicU32 = AtomicU32::new(0);
        let log = folder.join(format!("node-{}.log", COUNT.fetch_add(1, Ordering::Relaxed)));
        let mut command = Command::new(binary::leadwright());
        command.arg("serve").current_dir(folder).env_clear().envs(variables.iter().copied());
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(&log).unwrap());
        let mut node = Self { base: String::new(), process: command.spawn().unwrap(), log };
        let begun = Instant::now();
        while node.base.is_empty() {
            assert!(node.process.try_wait().unwrap().is_none(), "the node ended: {}", node.said());
            assert!(begun.elapsed() < PATIENCE, "the node does not serve: {}", node.said());
            tokio::time::sleep(PAUSE).await;
            node.base = node.said().lines().find_map(address).unwrap_or_default();
        }
        node
    }

    /// Its log.
    pub fn said(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    /// Ends it at once, whatever it does: `kill -9`.
    pub fn kill(mut self) {
        self.process.kill().unwrap();
        self.process.wait().unwrap();
    }

    /// Tells it to stop: SIGTERM.
    pub fn tell_to_stop(&self) {
        let told = Command::new("kill").args(["-TERM", &self.process.id().to_string()]).status().unwrap();
        assert!(told.success());
    }

    /// Waits until it has ended by itself.
    pub async fn ended(&mut self, within: Duration) -> ExitStatus {
        let begun = Instant::now();
        loop {
            if let Some(status) = self.process.try_wait().unwrap() {
                return status;
            }
            assert!(begun.elapsed() < within, "the node still runs after {within:?}: {}", self.said());
            tokio::time::sleep(PAUSE).await;
        }
    }
}

impl Drop for Node {
    fn drop(&mut self) {
        // It has perhaps ended already.
        drop(self.process.kill());
        drop(self.process.wait());
    }
}

/// The address in the line that tells that it serves.
fn address(line: &str) -> Option<String> {
    let event: serde_json::Value = serde_json::from_str(line).ok()?;
    (event["message"] == "serving").then(|| format!("http://{}", event["address"].as_str().unwrap()))
}
