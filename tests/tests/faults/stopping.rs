//! Told to stop under load: what was begun is finished.

use std::time::{Duration, Instant};

use leadwright_tests::Backend;
use reqwest::Method;
use tokio::{
    io::{AsyncReadExt, AsyncWriteExt},
    net::TcpStream,
};

use crate::{
    caller::Caller,
    crowd::{crowd, somebody},
    installation::Installation,
    run, tell,
};

const CLIENTS: usize = 12;
const SLOW_ONES: usize = 4;
/// How long requests may take to finish, as the process is told.
const TO_FINISH: Duration = Duration::from_secs(10);

/// Begins a post, and sends only half of it.
async fn half_a_post(base: &str, form: &str, name: &str) -> (TcpStream, String) {
    let body = somebody(name).to_string();
    let (now, later) = body.split_at(body.len() / 2);
    let mut stream = TcpStream::connect(base.trim_start_matches("http://")).await.unwrap();
    let length = body.len();
    let head = format!("POST {form} HTTP/1.1\r\nhost: x\r\ncontent-type: application/json\r\ncontent-length: {length}");
    stream.write_all(format!("{head}\r\n\r\n{now}").as_bytes()).await.unwrap();
    (stream, later.to_owned())
}

async fn scenario(installation: Installation) {
    let seconds = format!("{}s", TO_FINISH.as_secs());
    let mut node = installation.node_with(&[("LEADWRIGHT_SHUTDOWN_TIMEOUT", &seconds)]).await;
    let admin = Caller::admin(&[&node]).await;
    let form = admin.a_form().await;
    let mut slow = Vec::new();
    for number in 0..SLOW_ONES {
        slow.push(half_a_post(&node.base, &form, &format!("slow{number}")).await);
    }
    let (caller, posted_to) = (admin.clone(), form.clone());
    let load = tokio::spawn(crowd(CLIENTS, move |number| {
        let (caller, form) = (caller.clone(), posted_to.clone());
        async move {
            // Once it no longer takes requests, connections fail; that is not an answer.
            let body = somebody(&format!("lead{number}"));
            let answer = caller.ask(0, Method::POST, &form, Some(body)).await.ok()?;
            Some(answer.expect(202))
        }
    }));
    tokio::time::sleep(Duration::from_millis(400)).await;

    node.tell_to_stop();
    let begun = Instant::now();
    tokio::time::sleep(Duration::from_millis(300)).await;
    for (mut stream, later) in slow {
        stream.write_all(later.as_bytes()).await.unwrap();
        let mut answer = [0; 4096];
        let length = stream.read(&mut answer).await.unwrap();
        let answer = String::from_utf8_lossy(&answer[..length]).into_owned();
        assert!(answer.starts_with("HTTP/1.1 202"), "what was begun is finished: {answer:?}");
    }
    let status = node.ended(TO_FINISH + Duration::from_secs(5)).await;
    let took = begun.elapsed();
    assert_eq!(status.code(), Some(0), "{}", node.said());
    assert!(took < TO_FINISH, "{took:?}");
    let answered = load.await.unwrap();
    let kept = installation.number("SELECT count(*) FROM submissions").await;
    assert_eq!(kept, (answered.len() + SLOW_ONES) as i64, "whatever was taken was answered");
    tell(&format!("{:?}: stopped in {took:.1?} under load, {kept} posts taken and answered", installation.backend));
}

#[test]
fn sqlite_under_load() {
    run(Backend::Sqlite, scenario);
}

#[test]
fn postgres_under_load() {
    run(Backend::Postgres, scenario);
}
