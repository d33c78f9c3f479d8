use leadwright_app::{duplicates::run_scan, worker::jobs};
use leadwright_domain::access::Scope;
use leadwright_persistence::{Command, CommandError, Tx, duplicates::SCAN, jobs::Lease};
use leadwright_tests::on_both_databases;
use serde_json::json;
use tokio::sync::watch;
use uuid::Uuid;

use crate::leads::a_lead;

struct Claim;

#[async_trait::async_trait]
impl Command for Claim {
    type Out = Option<Lease>;

    async fn run(&self, tx: &Tx) -> Result<Option<Lease>, CommandError> {
        Ok(tx.jobs().claim(SCAN, Uuid::now_v7()).await?)
    }
}

on_both_databases!(async fn a_scan_goes_on_where_it_was(app) {
    let admin = app.admin().await;
    let lead = |number: usize| json!({"op": "create", "lead": a_lead(&format!("Person {number}"))});
    let many: Vec<_> = (0..300).map(lead).collect();
    admin.post("/leads/batch", json!({"operations": many})).await.expect(200);
    let id = admin.post("/duplicates/scan", json!({})).await.expect(202).id();
    // A worker that has lost its claim writes nothing.
    let call = || app.app.call(Scope::system(app.organization), None);
    let lease = app.app.db.write(call(), Claim).await.unwrap().unwrap();
    let (_go_on, stop) = watch::channel(false);
    let lost = Lease { token: Uuid::now_v7(), ..lease };
    run_scan(&app.app, app.organization, lost, &stop).await.unwrap();
    assert_eq!(app.counts(["lead_match_keys"]).await, [0]);
    // One that is told to stop gives its claim back, and another goes on.
    let (_stopped, stopped) = watch::channel(true);
    run_scan(&app.app, app.organization, lease, &stopped).await.unwrap();
    assert_eq!(jobs::run_due(&app.app, &stop).await.unwrap(), 1);
    let done = admin.get(format!("/duplicates/scans/{id}")).await.expect(200);
    assert_eq!((&done["state"], &done["result"]["examined"]), (&json!("succeeded"), &json!(300)));
    assert_eq!(app.counts(["lead_match_keys"]).await, [300]);
    admin.get(format!("/duplicates/scans/{}", Uuid::nil())).await.problem(404);
});
