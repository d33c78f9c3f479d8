//! The binary itself: what it says, how it starts and how it stops.
#![allow(clippy::unwrap_used, clippy::expect_used, clippy::panic)]

use std::{
    io::{BufRead, BufReader, Read, Write},
    net::TcpStream,
    path::Path,
    process::{Child, Command, Output, Stdio},
    time::{Duration, Instant},
};

fn leadwright(folder: &Path) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leadwright"));
    command
        .current_dir(folder)
        .env_clear()
        .env("LEADWRIGHT_LISTEN", "127.0.0.1:0")
        .env("LEADWRIGHT_LOG_FORMAT", "json");
    command
}

fn run(folder: &Path, arguments: &[&str]) -> Output {
    leadwright(folder).args(arguments).output().unwrap()
}

fn text(bytes: &[u8]) -> String {
    String::from_utf8_lossy(bytes).into_owned()
}

/// A server that ends with the test.
struct Served {
    process: Child,
    address: String,
    said: BufReader<std::process::ChildStdout>,
}

impl Drop for Served {
    fn drop(&mut self) {
        let _ = self.process.kill();
        let _ = self.process.wait();
    }
}

/// Starts a demonstration and waits until it has said where it is.
fn demonstrate(folder: &Path) -> Served {
    let mut process =
        leadwright(folder).args(["serve", "--demo"]).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().unwrap();
    let mut said = BufReader::new(process.stdout.take().unwrap());
    let mut address = String::new();
    while address.is_empty() {
        let mut line = String::new();
        assert_ne!(said.read_line(&mut line).unwrap(), 0, "the server ended");
        if let Some((_, rest)) = line.split_once("http://") {
            address = rest.split('/').next().unwrap().to_owned();
        }
    }
    Served { process, address, said }
}

fn get(address: &str, path: &str) -> (TcpStream, String) {
    let mut stream = TcpStream::connect(address).unwrap();
    write!(stream, "GET {path} HTTP/1.1\r\nHost: x\r\n\r\n").unwrap();
    let mut answer = [0; 4096];
    let length = stream.read(&mut answer).unwrap();
    (stream, text(&answer[..length]))
}

#[test]
fn an_unknown_key_stops_it_before_anything_happens() {
    let folder = tempfile::tempdir().unwrap();
    std::fs::write(folder.path().join("leadwright.toml"), "[http]\nlistn = \"x\"\n").unwrap();
    let output = leadwright(folder.path()).env("LEADWRIGHT_LOOG", "info").output().unwrap();
    assert!(!output.status.success());
    let said = text(&output.stderr);
    assert!(said.contains("did you mean http.listen?") && said.contains("did you mean LEADWRIGHT_LOG?"), "{said}");
    assert!(!folder.path().join("leadwright.db").exists());
}

#[test]
fn the_settings_are_shown_without_secrets() {
    let folder = tempfile::tempdir().unwrap();
    let secret = "0123456789abcdef0123456789abcdef";
    let output = leadwright(folder.path()).arg("config").env("LEADWRIGHT_SECRET_KEY", secret).output().unwrap();
    let said = text(&output.stdout);
    assert!(said.contains("secret_key = \"(hidden)\"  # LEADWRIGHT_SECRET_KEY"), "{said}");
    assert!(said.contains("url = \"sqlite://leadwright.db\"  # default") && !said.contains(secret), "{said}");
}

#[test]
fn the_document_is_printed() {
    let folder = tempfile::tempdir().unwrap();
    let said = text(&run(folder.path(), &["openapi"]).stdout);
    assert_eq!(said, include_str!("../../../openapi/openapi.json"));
}

#[test]
fn accounts_are_made_and_mended() {
    let folder = tempfile::tempdir().unwrap();
    let user = ["admin", "create-user", "--email", "rep@example.com", "--name", "Rep", "--role", "rep"];
    let output = run(folder.path(), &user);
    assert!(text(&output.stderr).contains("run `leadwright admin create-organization` first"), "{output:?}");

    let founding = ["admin", "create-organization", "--name", "Fair", "--email", "ann@example.com", "--country", "de"];
    let said = text(&run(folder.path(), &founding).stdout);
    assert!(said.contains("Made the organization") && said.contains("Password: "), "{said}");
    assert!(text(&run(folder.path(), &user).stdout).contains("Made the user"));
    assert!(text(&run(folder.path(), &user).stderr).contains("leadwright: "));
    let reset = ["admin", "reset-password", "--email", "rep@example.com"];
    assert!(text(&run(folder.path(), &reset).stdout).contains("all sessions were ended"));
    assert!(text(&run(folder.path(), &["migrate"]).stdout).contains("was up to date"));
}

#[cfg(unix)]
#[test]
fn a_demonstration_starts_tells_its_password_once_and_stops_gracefully() {
    let folder = tempfile::tempdir().unwrap();
    let mut first = demonstrate(folder.path());
    let mut line = String::new();
    while !line.contains("Password") {
        line.clear();
        assert_ne!(first.said.read_line(&mut line).unwrap(), 0);
    }
    assert!(line.contains("shown only now"), "{line}");
    // An idle connection does not hold it up.
    let (_open, answer) = get(&first.address, "/readyz");
    assert!(answer.starts_with("HTTP/1.1 200"), "{answer}");
    let begun = Instant::now();
    let id = first.process.id().to_string();
    assert!(Command::new("kill").args(["-TERM", &id]).status().unwrap().success());
    assert!(first.process.wait().unwrap().success());
    assert!(begun.elapsed() < Duration::from_secs(10), "{:?}", begun.elapsed());

    let mut second = demonstrate(folder.path());
    let mut rest = String::new();
    while !rest.contains("sign in as before") {
        assert_ne!(second.said.read_line(&mut rest).unwrap(), 0, "{rest}");
    }
    assert!(!rest.contains("Password"), "{rest}");
}
