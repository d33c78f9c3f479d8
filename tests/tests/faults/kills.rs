//! `kill -9`, again and again, while people post and a file is imported.

use std::{
    collections::HashSet,
    fmt::Write,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use leadwright_tests::Backend;
use rand::{Rng, SeedableRng, rngs::StdRng};
use reqwest::Method;
use serde_json::{Value, json};

use crate::{
    caller::Caller,
    crowd::{crowd, email, somebody},
    installation::Installation,
    run, size, tell,
};

const CLIENTS: usize = 6;
/// How long a node may live before it is killed.
const LIFE: std::ops::Range<u64> = 500..2_500;
/// How long the import may take after the last kill.
const PATIENCE: Duration = Duration::from_secs(240);

/// A file of so many rows, and what is to become of them, with `duplicates=update`: one in ten can't be taken, one in ten
/// changes the person of the row before it.
fn file(rows: usize) -> (String, Value) {
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

/// A post that was acknowledged: its receipt, and who posted. `None` where the node was killed meanwhile: nobody knows what
/// became of it.
type Posted = Option<(String, String)>;

/// Lets people post until told that it is over.
async fn post(caller: Caller, form: String, over: Arc<AtomicBool>) -> Vec<Posted> {
    crowd(CLIENTS, move |number| {
        let (caller, form, over) = (caller.clone(), form.clone(), Arc::clone(&over));
        async move {
            let name = (!over.load(Ordering::Relaxed)).then(|| format!("lead{number}"))?;
            match caller.ask(0, Method::POST, &form, Some(somebody(&name))).await {
                Ok(answer) => Some(Some((answer.expect(202).text_of("receipt_id"), name))),
                Err(_) => {
                    tokio::time::sleep(Duration::from_millis(50)).await;
                    Some(None)
                }
            }
        }
    })
    .await
}

/// The import, when it is over.
async fn finished(admin: &Caller, import: &str) -> Value {
    let begun = Instant::now();
    let path = format!("/api/v1/imports/{import}");
    let mut job = admin.get(&path).await.expect(200).json;
    while job["state"] != "succeeded" {
        assert!(begun.elapsed() < PATIENCE && job["state"] != "failed", "{job}");
        tokio::time::sleep(Duration::from_millis(100)).await;
        job = admin.get(&path).await.expect(200).json;
    }
    job
}

/// Every row is in, once, and nobody twice.
async fn check_leads(admin: &Caller, expected: &Value) {
    let leads = admin.all("/api/v1/leads").await;
    let addresses: HashSet<&str> = leads.iter().map(|lead| lead["email"].as_str().unwrap()).collect();
    assert_eq!(leads.len(), addresses.len(), "nobody is there twice");
    let imported = addresses.iter().filter(|address| address.starts_with("row")).count();
    assert_eq!(imported, expected["created"], "no row is lost");
    let changed = leads.iter().filter(|lead| lead["city"] == "Rome").count();
    assert_eq!(changed, expected["updated"], "no change is lost");
}

async fn check_posts(admin: &Caller, acknowledged: &[&(String, String)]) {
    assert!(!acknowledged.is_empty());
    for (receipt, name) in acknowledged {
        let kept = admin.get(&format!("/api/v1/submissions/{receipt}")).await.expect(200);
        let lead = admin.get(&format!("/api/v1/leads/{}", kept.text_of("lead_id"))).await.expect(200);
        assert_eq!(lead.json["email"], email(name));
    }
}

async fn scenario(installation: Installation) {
    let kills = size("LEADWRIGHT_FAULTS_KILLS", 3);
    let rows = size("LEADWRIGHT_FAULTS_ROWS", 400 * kills.min(10));
    let (text, expected) = file(rows);
    let mut chance = StdRng::from_os_rng();
    let mut node = installation.node().await;
    let mut admin = Caller::admin(&[&node]).await;
    let form = admin.a_form().await;
    let import = admin.import("mode=auto&duplicates=update", text).await;

    let over = Arc::new(AtomicBool::new(false));
    let load = tokio::spawn(post(admin.clone(), form, Arc::clone(&over)));
    for _ in 0..kills {
        tokio::time::sleep(Duration::from_millis(chance.random_range(LIFE))).await;
        node.kill();
        installation.let_claims_run_out().await;
        node = installation.node().await;
        admin.calls(&[&node]);
    }
    tokio::time::sleep(Duration::from_millis(200)).await;
    over.store(true, Ordering::Relaxed);
    let posts = load.await.unwrap();
    admin.sign_in().await;

    let job = finished(&admin, &import).await;
    assert_eq!(job["progress"]["done"], rows, "every row is read, once: {job}");
    for (count, expected) in expected.as_object().unwrap() {
        assert_eq!(&job["result"][count], expected, "{count} of {}", job["result"]);
    }
    check_leads(&admin, &expected).await;
    let acknowledged: Vec<_> = posts.iter().flatten().collect();
    check_posts(&admin, &acknowledged).await;
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
