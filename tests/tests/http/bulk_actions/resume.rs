use leadwright_app::bulk_actions;
use leadwright_domain::access::Scope;
use leadwright_persistence::{Command, CommandError, Tx, bulk_actions::BULK, jobs::Lease};
use leadwright_tests::{Backend, TestApp, on_both_databases};
use sea_orm::{ConnectionTrait, Database};
use serde_json::json;
use tokio::sync::watch;
use uuid::Uuid;

use super::{change, counts, make, make_many};
use crate::imports::work;

struct Claim(Uuid);

#[async_trait::async_trait]
impl Command for Claim {
    type Out = Option<Lease>;

    async fn run(&self, tx: &Tx) -> Result<Option<Lease>, CommandError> {
        Ok(tx.jobs().claim(BULK, self.0).await?)
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

on_both_databases!(async fn a_killed_bulk_action_loses_and_doubles_no_lead(app) {
    let admin = app.admin().await;
    let ids = make_many(&admin, 700).await;
    let everybody = json!({"where": {"all": []}, "action": {"kind": "add_tags", "tags": ["mailing"]}});
    let job = admin.post("/leads/bulk", everybody).await.expect(202);
    let lease = claim(&app).await.unwrap();
    let (_go_on, stop) = watch::channel(false);
    let (worker, organization) = (app.app.clone(), app.organization);
    let killed = tokio::spawn(async move { bulk_actions::run(&worker, organization, lease, &stop).await });
    let path = format!("/bulk-actions/{}", job.id());
    while admin.get(&path).await["progress"]["done"].as_u64().unwrap() < 250 {
        tokio::time::sleep(std::time::Duration::from_millis(5)).await;
    }
    killed.abort();
    let _ = killed.await;
    let_claims_run_out(&app).await;
    work(&admin).await;
    assert_eq!(counts(&admin.get(&path).await), [700, 0, 0]);
    for id in [&ids[0], &ids[249], &ids[250], &ids[699]] {
        assert_eq!(app.history_of(id).await.iter().filter(|kind| *kind == "lead.updated").count(), 1);
    }
});

/// Lets nobody change a lead any more.
async fn poison(app: &TestApp, lead: &str) {
    let database = Database::connect(&app.database_url).await.unwrap();
    let statements = match app.backend {
        Backend::Sqlite => vec![format!(
            "CREATE TRIGGER poison BEFORE UPDATE ON leads WHEN NEW.id = x'{}' BEGIN SELECT RAISE(ABORT, 'poison'); END",
            lead.replace('-', "")
        )],
        Backend::Postgres => vec![
            "CREATE FUNCTION poison() RETURNS trigger LANGUAGE plpgsql AS $$ BEGIN RAISE EXCEPTION 'poison'; END $$"
                .to_owned(),
            format!(
                "CREATE TRIGGER poison BEFORE UPDATE ON leads FOR EACH ROW WHEN (NEW.id = '{lead}') EXECUTE FUNCTION poison()"
            ),
        ],
    };
    for statement in statements {
        database.execute_unprepared(&statement).await.unwrap();
    }
    database.close().await.unwrap();
}

on_both_databases!(async fn a_lead_that_can_not_be_stored_stops_no_other(app) {
    let admin = app.admin().await;
    let ids = make_many(&admin, 300).await;
    let done = change(&admin, &ids, json!({"kind": "set_priority", "priority": "high"})).await.expect(202);
    work(&admin).await;
    assert_eq!(counts(&admin.get(format!("/bulk-actions/{}", done.id())).await), [300, 0, 0]);
    poison(&app, &ids[77]).await;
    let job = change(&admin, &ids, json!({"kind": "add_tags", "tags": ["x"]})).await.expect(202);
    work(&admin).await;
    let path = format!("/bulk-actions/{}", job.id());
    assert_eq!(counts(&admin.get(&path).await), [299, 0, 1]);
    let failed = admin.get(format!("{path}/failures")).await.expect(200);
    assert_eq!((&failed["data"][0]["lead_id"], &failed["data"][0]["code"]), (&json!(ids[77]), &json!("internal-error")));
    let undone = admin.post(format!("{path}/undo"), json!({})).await.expect(202);
    work(&admin).await;
    assert_eq!(counts(&admin.get(format!("/bulk-actions/{}", undone.id())).await), [299, 0, 0]);
    // Of the first change, only the poisoned lead is as that left it.
    let undone = admin.post(format!("/bulk-actions/{}/undo", done.id()), json!({})).await.expect(202);
    work(&admin).await;
    let path = format!("/bulk-actions/{}", undone.id());
    assert_eq!(counts(&admin.get(&path).await), [0, 0, 300]);
    let problems = &admin.get(&path).await["result"]["problems"];
    assert_eq!(problems, &json!({"internal-error": 1, "stale-version": 299}));
    assert_eq!(admin.get(format!("{path}/failures?limit=200")).await["data"].as_array().unwrap().len(), 200);
});

on_both_databases!(async fn two_at_once_over_the_same_leads_and_an_edit_between_all_count(app) {
    let (admin, other) = (app.admin().await, app.admin().await);
    let ids = make(&admin, &["ann", "bea", "cid", "dan"], json!({})).await;
    let backwards: Vec<String> = ids.iter().rev().cloned().collect();
    let (one, two, edit) = tokio::join!(
        change(&admin, &ids, json!({"kind": "add_tags", "tags": ["one"]})),
        change(&other, &backwards, json!({"kind": "add_tags", "tags": ["two"]})),
        admin.patch(format!("/leads/{}", ids[2]), json!({"city": "Rome"})),
    );
    assert_eq!((counts(&one.expect(201)), counts(&two.expect(201))), ([4, 0, 0], [4, 0, 0]));
    edit.expect(200);
    for id in &ids {
        assert_eq!(admin.get(format!("/leads/{id}")).await["tags"].as_array().unwrap().len(), 2);
    }
});

on_both_databases!(async fn a_paused_worker_that_lost_its_claim_changes_nothing(app) {
    let admin = app.admin().await;
    let ids = make_many(&admin, 101).await;
    change(&admin, &ids, json!({"kind": "archive"})).await.expect(202);
    let paused = claim(&app).await.unwrap();
    let_claims_run_out(&app).await;
    let holder = claim(&app).await.unwrap();
    let (_go_on, stop) = watch::channel(false);
    bulk_actions::run(&app.app, app.organization, paused, &stop).await.unwrap();
    assert_eq!(admin.get("/leads?count=exact").await["total"], 101);
    bulk_actions::run(&app.app, app.organization, holder, &stop).await.unwrap();
    assert_eq!(admin.get("/leads?count=exact").await["total"], 0);
});
