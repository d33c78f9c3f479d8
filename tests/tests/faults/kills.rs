//! `kill -9`, again and again, while people post and a file is imported.

use std::{
    collections::HashSet,
    fmt::Write,
    sync::{Arc, Mutex},
    time::{Duration, Instant},
};

use leadwright_tests::Backend;
use rand::{Rng, SeedableRng, rngs::StdRng};
use reqwest::Method;
use serde_json::json;

use crate::{
    caller::Caller,
    crowd::{crowd, email, somebody},
    installation::Installation,
    run, size, tell,
};

const CLIENTS: usize = 6;
/// How long a node may live before it is killed.
const LIFE: std::ops::Range<u64> = 300..1_500;
/// How long the import may take after the last kill.
const PATIENCE: Duration = Duration::from_secs(120);

/// A file of so many rows, and what is to become of them, with `duplicates=update`: one in ten can't be taken, one in ten
/// changes the person of the row before it.
fn file(rows: usize) -> (String, serde_json::Value) {
    let mut text = "Name,E-mail,Company,City\n".to_owned();
    for row in 0..rows {
        let (name, city) = match row % 10 {
            8 => (format!("row{}", row - 1), "Rome"),
            _ => (format!("row{row}"), "Paris"),
        };
        let address = if row % 10 == 9 { "nobody@".to_owned() } else { email(&name) };
        writeln!(text, "Jane {name},{address},{name} Inc.,{city}").unwrap();
    }
    let tenth = rows / 10;
    (text, json!({"created": rows - 2 * tenth, "updated": tenth, "skipped": 0, "rejected": tenth}))
}

async fn scenario(installation: Installation) {
    let kills = size("LEADWRIGHT_FAULTS_KILLS", 3);
    let rows = 400 * kills;
    let (text, expected) = file(rows);
    let mut chance = StdRng::from_os_rng();
    let mut node = installation.node().await;
    let mut admin = Caller::admin(&[&node]).await;
    let form = admin.a_form().await;
    let import = admin.import("mode=auto&duplicates=update", text).await;

    let over = Arc::new(Mutex::new(false));
    let (caller, ended) = (admin.clone(), Arc::clone(&over));
    let load = tokio::spawn(crowd(CLIENTS, move |number| {
        let (caller, form, ended) = (caller.clone(), form.clone(), Arc::clone(&ended));
        async move {
            let name = (!*ended.lock().unwrap()).then(|| format!("lead{number}"))?;
            match caller.ask(0, Method::POST, &form, Some(somebody(&name))).await {
                Ok(answer) => Some(Some((answer.expect(202).text_of("receipt_id"), name))),
                // It was killed meanwhile: nobody knows what became of this one.
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    Some(None)
                }
            }
        }
    }));
    for _ in 0..kills {
        tokio::time::sleep(Duration::from_millis(chance.random_range(LIFE))).await;
        node.kill();
        installation.let_claims_run_out().await;
        node = installation.node().await;
        admin.calls(&[&node]);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    *over.lock().unwrap() = true;
    let posts = load.await.unwrap();
    admin.sign_in().await;

    let begun = Instant::now();
    let path = format!("/api/v1/imports/{import}");
    let mut job = admin.get(&path).await.expect(200).json;
    while job["state"] != "succeeded" {
        assert!(begun.elapsed() < PATIENCE && job["state"] != "failed", "{job}");
        tokio::time::sleep(Duration::from_millis(100)).await;
        job = admin.get(&path).await.expect(200).json;
    }
    assert_eq!(job["progress"]["done"], rows, "every row is read, once: {job}");
    for (count, expected) in expected.as_object().unwrap() {
        assert_eq!(&job["result"][count], expected, "{count} of {}", job["result"]);
    }
    let leads = admin.all("/api/v1/leads").await;
    let addresses: HashSet<&str> = leads.iter().map(|lead| lead["email"].as_str().unwrap()).collect();
    assert_eq!(leads.len(), addresses.len(), "nobody is there twice");
    let imported = addresses.iter().filter(|address| address.starts_with("row")).count();
    assert_eq!(imported, expected["created"], "no row is lost");
    let changed = leads.iter().filter(|lead| lead["city"] == "Rome").count();
    assert_eq!(changed, expected["updated"], "no change is lost");
    let acknowledged: Vec<_> = posts.iter().flatten().collect();
    assert!(!acknowledged.is_empty());
    for (receipt, name) in &acknowledged {
        let kept = admin.get(&format!("/api/v1/submissions/{receipt}")).await.expect(200);
        let lead = admin.get(&format!("/api/v1/leads/{}", kept.text_of("lead_id"))).await.expect(200);
        assert_eq!(lead.json["email"], email(name));
    }
    let halves = installation.number("SELECT count(*) FROM submissions WHERE lead_id IS NULL").await;
    assert_eq!(halves, 0, "no post without its lead");
    tell(&format!(
        "{:?}: {kills} kills; {} posts acknowledged, all there, {} broke off; import {}",
        installation.backend,
        acknowledged.len(),
        posts.len() - acknowledged.len(),
        job["result"]
    ));
}

#[test]
fn sqlite_survives_kills() {
    run(Backend::Sqlite, scenario);
}

#[test]
fn postgres_survives_kills() {
    run(Backend::Postgres, scenario);
}
