//! The database goes away and comes back.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    time::{Duration, Instant},
};

use leadwright_tests::Backend;
use reqwest::Method;
use serde_json::json;

use crate::{
    caller::{Answer, Caller},
    crowd::{crowd, somebody},
    proxy::{Proxy, Way},
    run, tell,
};

const CLIENTS: usize = 8;
/// How long an answer may take while the database is away: a statement has one second here, and three to come back, and
/// whoever finds the connections broken looks for another one for a second.
const PATIENCE: Duration = Duration::from_secs(8);
/// How long the network stays silent.
const AWAY: Duration = Duration::from_secs(8);

/// A request that can't be served: told to come back, as a problem.
#[track_caller]
fn told_to_come_back(answer: &Answer) {
    assert_eq!(answer.status, 503, "{}", answer.text);
    assert_eq!(answer.header("content-type"), "application/problem+json", "{}", answer.text);
    assert!(answer.header("retry-after").parse::<u32>().is_ok_and(|seconds| seconds > 0), "{:?}", answer.headers);
    assert_eq!(answer.json["code"], "unavailable", "{}", answer.text);
}

/// Waits until readiness answers so; answers how long that took.
async fn until_readiness_is(status: u16, caller: &Caller) -> Duration {
    let begun = Instant::now();
    while caller.get("/readyz").await.status != status {
        assert!(begun.elapsed() < PATIENCE, "readiness is not {status} within {PATIENCE:?}");
        tokio::time::sleep(Duration::from_millis(50)).await;
    }
    begun.elapsed()
}

/// Lets people post until told that it is over; answers and how long each took.
async fn post(caller: Caller, form: String, over: Arc<AtomicBool>) -> Vec<(Answer, Duration)> {
    crowd(CLIENTS, move |number| {
        let (caller, form, over) = (caller.clone(), form.clone(), Arc::clone(&over));
        async move {
            let body = (!over.load(Ordering::Relaxed)).then(|| somebody(&format!("lead{number}")))?;
            let begun = Instant::now();
            let answer = caller.ask(0, Method::POST, &form, Some(body)).await.unwrap();
            if answer.status != 202 {
                // As a sender does who was told to come back.
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            Some((answer, begun.elapsed()))
        }
    })
    .await
}

fn scenario(way: Way) {
    run(Backend::Postgres, async move |installation| {
        let proxy = Proxy::before(&installation.url).await;
        let node = installation
            .node_with(&[
                ("LEADWRIGHT_DATABASE_URL", &proxy.url),
                ("LEADWRIGHT_DATABASE_ACQUIRE_TIMEOUT", "1s"),
                ("LEADWRIGHT_DATABASE_STATEMENT_TIMEOUT", "1s"),
            ])
            .await;
        let admin = Caller::admin(&[&node]).await;
        let form = admin.a_form().await;
        let over = Arc::new(AtomicBool::new(false));
        let load = tokio::spawn(post(admin.clone(), form.clone(), Arc::clone(&over)));
        tokio::time::sleep(Duration::from_millis(400)).await;

        proxy.turn(way);
        let red = until_readiness_is(503, &admin).await;
        assert_eq!(admin.get("/readyz").await.json["state"], "database_unavailable");
        admin.get("/healthz").await.expect(200);
        told_to_come_back(&admin.get("/api/v1/leads").await);
        told_to_come_back(&admin.post("/api/v1/tags", json!({"name": "Fair"})).await);
        told_to_come_back(&admin.ask(0, Method::POST, &form, Some(somebody("meanwhile"))).await.unwrap());

        if way == Way::Silent {
            // Long enough that whoever waited for the connections to break is found out.
            tokio::time::sleep(AWAY).await;
        }

        proxy.turn(Way::Open);
        let green = until_readiness_is(200, &admin).await;
        admin.post(&form, somebody("afterwards")).await.expect(202);
        tokio::time::sleep(Duration::from_millis(200)).await;
        over.store(true, Ordering::Relaxed);
        let answers = load.await.unwrap();

        let (taken, refused): (Vec<_>, Vec<_>) = answers.iter().partition(|(answer, _)| answer.status == 202);
        assert!(!taken.is_empty() && !refused.is_empty());
        refused.iter().for_each(|(answer, _)| told_to_come_back(answer));
        for (answer, _) in &taken {
            let kept = admin.get(&format!("/api/v1/submissions/{}", answer.text_of("receipt_id"))).await.expect(200);
            admin.get(&format!("/api/v1/leads/{}", kept.text_of("lead_id"))).await.expect(200);
        }
        let slowest = answers.iter().map(|(_, took)| *took).max().unwrap_or_default();
        assert!(slowest < PATIENCE, "an answer took {slowest:?}");
        tell(&format!(
            "the database is away ({way:?}): {} acknowledged, all there; {} told to come back; red after {red:.1?}, green \
             {green:.1?} after it was back, slowest answer {slowest:.1?}",
            taken.len(),
            refused.len()
        ));
    });
}

#[test]
fn a_database_that_stops_costs_no_acknowledged_write() {
    scenario(Way::Closed);
}

#[test]
fn a_network_that_swallows_everything_costs_no_acknowledged_write() {
    scenario(Way::Silent);
}
