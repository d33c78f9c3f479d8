use leadwright_app::{imports, worker::jobs};
use leadwright_domain::access::Scope;
use leadwright_persistence::{Command, CommandError, Tx, imports::KIND, jobs::Lease};
use leadwright_tests::{TestApp, on_both_databases};
use sea_orm::{ConnectionTrait, Database};
use tokio::sync::watch;
use uuid::Uuid;

use super::{counts, leads, people, send, work};

struct Claim(Uuid);

#[async_trait::async_trait]
impl Command for Claim {
    type Out = Option<Lease>;

    async fn run(&self, tx: &Tx) -> Result<Option<Lease>, CommandError> {
        Ok(tx.jobs().claim(KIND, self.0).await?)
    }
}

async fn claim(app: &TestApp) -> Option<Lease> {
    let call = app.app.call(Scope::system(app.organization), None);
    app.app.db.write(call, Claim(Uuid::now_v7())).await.unwrap()
}

/// As if the worker had been silent for longer than a claim holds.
async fn let_claims_run_out(app: &TestApp) {
    let database = Database::connect(&app.database_url).await.unwrap();
    database.execute_unprepared("UPDATE jobs SET lease_until = 0").await.unwrap();
    database.close().await.unwrap();
}

on_both_databases!(async fn a_killed_import_loses_and_doubles_no_row(app) {
    let admin = app.admin().await;
    let job = send(&admin, "mode=auto", people(2_400).replace("@example", "@EXAMPLE")).await.expect(202);
    let lease = claim(&app).await.unwrap();
    let (_go_on, stop) = watch::channel(false);
    let (worker, organization) = (app.app.clone(), app.organization);
    let killed = tokio::spawn(async move { imports::run(&worker, organization, lease, &stop).await });
    let path = format!("/imports/{}", job.id());
    while admin.get(&path).await["progress"]["done"].as_u64().unwrap() < 500 {
        tokio::time::sleep(std::time::Duration::from_millis(10)).await;
    }
    killed.abort();
    let _ = killed.await;
    assert_eq!(work(&admin).await, 0, "the claim of the dead worker still holds");
    let_claims_run_out(&app).await;
    assert_eq!(work(&admin).await, 1);
    let done = admin.get(&path).await;
    assert_eq!(counts(&done), [2_400, 0, 0, 0]);
    assert_eq!(done["cleansed"], serde_json::json!([{"field": "email", "rule": "email_lowered", "count": 2_400}]));
    assert_eq!(leads(&admin).await.len(), 2_400);
});

on_both_databases!(async fn an_import_at_work_does_not_bring_back_what_an_erasure_takes_out(app) {
    let admin = app.admin().await;
    let nameless = "Name,E-mail,Company\n,zeb.quixworth@example.com,Umbra\n".to_owned();
    let file = nameless.clone() + people(1_600).split_once('\n').unwrap().1;
    for mode in ["review", "auto"] {
        let file = file.replace("zeb.", &format!("zeb.{mode}."));
        let job = send(&admin, &format!("mode={mode}"), file).await.expect(202);
        let lease = claim(&app).await.unwrap();
        let (_go_on, stop) = watch::channel(false);
        let (worker, organization) = (app.app.clone(), app.organization);
        let at_work = tokio::spawn(async move { imports::run(&worker, organization, lease, &stop).await });
        let path = format!("/imports/{}", job.id());
        while admin.get(&path).await["progress"]["done"].as_u64().unwrap() < 500 {
            tokio::time::sleep(std::time::Duration::from_millis(5)).await;
        }
        let asked = serde_json::json!({"email": format!("zeb.{mode}.quixworth@example.com"), "reason": "other"});
        admin.post("/erasures", asked).await.expect(201);
        at_work.await.unwrap().unwrap();
        let after = admin.get(&path).await.expect(200);
        let named = after.text.to_lowercase().contains("quixworth");
        assert!(!named, "{mode}: {}", after.text);
        admin.delete(&path).await;
    }
    let job = send(&admin, "mode=review", nameless.replace("zeb.", "zeb.reviewed.")).await.expect(202);
    work(&admin).await;
    admin.post("/erasures", serde_json::json!({"email": "zeb.reviewed.quixworth@example.com", "reason": "other"})).await.expect(201);
    let after = admin.get(format!("/imports/{}", job.id())).await.expect(200);
    assert!(!after.text.to_lowercase().contains("quixworth"), "{}", after.text);
});

on_both_databases!(async fn a_job_that_nobody_can_read_is_given_up(app) {
    let admin = app.admin().await;
    let job = send(&admin, "mode=auto", people(3)).await.expect(202);
    let database = Database::connect(&app.database_url).await.unwrap();
    database.execute_unprepared("UPDATE imports SET policy = '[]'").await.unwrap();
    assert_eq!(work(&admin).await, 1);
    let left = "SELECT count(*) AS number FROM jobs WHERE state = 'failed' AND problem IS NOT NULL \
                AND NOT EXISTS (SELECT 1 FROM import_chunks)";
    let left = sea_orm::Statement::from_string(database.get_database_backend(), left);
    let row = database.query_one_raw(left).await.unwrap().unwrap();
    assert_eq!(row.try_get::<i64>("", "number").unwrap(), 1, "{}", job.id());
    database.close().await.unwrap();
    let_claims_run_out(&app).await;
    assert_eq!(work(&admin).await, 0);
});

on_both_databases!(async fn only_the_holder_of_the_claim_writes(app) {
    let admin = app.admin().await;
    let job = send(&admin, "mode=auto", people(20)).await.expect(202);
    let paused = claim(&app).await.unwrap();
    let_claims_run_out(&app).await;
    let holder = claim(&app).await.unwrap();
    assert_eq!(paused.job, holder.job);
    let (_go_on, stop) = watch::channel(false);
    imports::run(&app.app, app.organization, paused, &stop).await.unwrap();
    assert!(leads(&admin).await.is_empty(), "a worker that lost its claim wrote");
    imports::run(&app.app, app.organization, holder, &stop).await.unwrap();
    assert_eq!(counts(&admin.get(format!("/imports/{}", job.id())).await), [20, 0, 0, 0]);
});

on_both_databases!(async fn a_worker_that_stops_gives_its_claim_back(app) {
    let admin = app.admin().await;
    send(&admin, "mode=auto", people(20)).await.expect(202);
    let lease = claim(&app).await.unwrap();
    let (_stop, stopped) = watch::channel(true);
    imports::run(&app.app, app.organization, lease, &stopped).await.unwrap();
    let (_go_on, stop) = watch::channel(false);
    assert_eq!(jobs::run_due(&app.app, &stop).await.unwrap(), 1);
    assert_eq!(leads(&admin).await.len(), 20);
});
