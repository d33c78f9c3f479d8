use futures_util::future::join_all;
use leadwright_domain::access::Role;
use leadwright_tests::{Backend, TestApp, on_both_databases, run};
use sea_orm::{ConnectionTrait, Statement, TransactionTrait};
use serde_json::json;

use super::erase;
use crate::leads::{jane, jane_with};

on_both_databases!(async fn what_is_left_of_a_person_are_counts(app) {
    let admin = app.admin().await;
    let more = json!({"phone": "+12127365000", "notes": "Asked for a demo", "external_ids": {"crm": "crm-4711"}, "tags": ["fair"]});
    let lead = admin.post("/leads", jane_with("ann", more)).await.expect(201).id();
    let path = format!("/leads/{lead}");
    admin.post(format!("{path}/transitions"), json!({"to": "contacted", "note": "Jane was friendly"})).await.expect(200);
    admin.post(format!("{path}/interactions"), json!({"kind": "chat", "data": {"said": "call me"}})).await.expect(201);
    let asked = json!({"lead_id": lead, "reason": "requested_by_person", "reference": "DSR-7"});

    let foreseen = admin.post("/erasures?dry_run=true", asked.clone()).await.expect(200);
    assert_eq!((&foreseen["id"], &foreseen["leads"]), (&json!(null), &json!([lead])));
    admin.get(&path).await.expect(200);
    let done = admin.post("/erasures", asked.clone()).await.expect(201);
    assert_eq!(done["erased"], foreseen["erased"], "{}", done.text);
    assert_eq!([&done["erased"]["leads"], &done["erased"]["interactions"], &done["erased"]["tombstones"]], [1, 1, 3]);
    assert_eq!((&done["reason"], &done["reference"]), (&json!("requested_by_person"), &json!("DSR-7")));
    assert_eq!(done.header("location"), format!("/api/v1/erasures/{}", done.id()));

    for path in ["", "/timeline", "/history", "/bant", "/score", "/interactions", "/personal-data", "/duplicates", "/merges"] {
        let problem = admin.get(format!("/leads/{lead}{path}")).await.problem(410);
        assert_eq!(problem["code"], "erased", "{path}: {problem}");
    }
    for write in ["restore", "claim", "route", "unmerge"] {
        assert_eq!(admin.post(format!("{path}/{write}"), json!({})).await.status, 410, "{write}");
    }
    assert_eq!(admin.patch(&path, json!({"city": "Rome"})).await.problem(410)["code"], "erased");
    let batch = json!({"operations": [{"op": "update", "id": lead, "lead": {"city": "Rome"}}]});
    assert_eq!(admin.post("/leads/batch", batch).await.expect(200)["data"][0]["status"], 410);
    for list in ["/leads", "/leads?archived=true", "/leads?archived=any", "/leads?q=jane", "/duplicates"] {
        let found = admin.get(list).await.expect(200);
        assert!(!found.text.contains(&lead), "{list}: {}", found.text);
    }
    assert_eq!(app.counts(["leads", "interactions"]).await, [1, 1], "they are counted still");
    assert_eq!(app.history_of(&lead).await[0], "lead.erased");
    assert!(app.events_of(&lead).await.iter().all(|event| event.diff.is_none()));

    let again = admin.post("/erasures", asked).await.expect(200);
    assert_eq!(again.json, done.json);
    app.stranger().await.post("/erasures", json!({"lead_id": lead, "reason": "other"})).await.problem(404);
    app.sign_in(Role::Manager).await.post("/erasures", json!({"lead_id": lead, "reason": "other"})).await.problem(403);
});

on_both_databases!(async fn whoever_was_merged_goes_with_the_person_and_stays_away(app) {
    let admin = app.admin().await;
    let one = admin.post("/leads", jane("ann")).await.expect(201).id();
    let two = admin.post("/leads", jane("anna")).await.expect(201).id();
    admin.post(format!("/leads/{one}/merge"), json!({"with": [two]})).await.expect(200);
    let archived = admin.post("/leads", jane("bob")).await.expect(201).id();
    admin.delete(format!("/leads/{archived}")).await.expect(204);
    // Whichever of them is named.
    let done = erase(&admin, &two).await;
    assert_eq!([&done["erased"]["leads"], &done["erased"]["merges"], &done["erased"]["tombstones"]], [2, 1, 2]);
    for lead in [&one, &two] {
        admin.get(format!("/leads/{lead}")).await.problem(410);
        admin.post(format!("/leads/{lead}/unmerge"), json!({})).await.problem(410);
    }
    assert_eq!(admin.post("/leads", jane("anna")).await.problem(409)["code"], "person-erased");
    assert_eq!(erase(&admin, &archived).await["erased"]["leads"], 1);
});

on_both_databases!(async fn somebody_is_erased_by_address_or_number_also_when_nobody_knows_them(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane_with("ann", json!({"phone": "(212) 736-5000"}))).await.expect(201).id();
    let by = |more: serde_json::Value| {
        let mut asked = json!({"reason": "retention"});
        asked.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
        asked
    };
    let done = admin.post("/erasures", by(json!({"phone": "212-736-5000"}))).await.expect(201);
    assert_eq!(done["leads"], json!([lead]));
    let nobody = admin.post("/erasures", by(json!({"email": "Nobody@Example.com"}))).await.expect(201);
    assert_eq!((&nobody["leads"], &nobody["erased"]["tombstones"]), (&json!([]), &json!(1)));
    let again = admin.post("/erasures", by(json!({"email": "nobody@example.com"}))).await.expect(200);
    assert_eq!(again.id(), nobody.id());
    assert_eq!(admin.post("/leads", jane("nobody")).await.problem(409)["code"], "person-erased");

    for (wrong, code) in [
        (json!({}), "one_of_these"),
        (json!({"email": "a@b.example", "phone": "1"}), "one_of_these"),
        (json!({"email": "nobody"}), "invalid_email"),
        (json!({"phone": "12"}), "invalid_phone"),
        (json!({"email": "rita@example.com", "reference": "asked by rita@example.com"}), "personal"),
    ] {
        let problem = admin.post("/erasures", by(wrong)).await.problem(422);
        assert_eq!(problem["errors"][0]["code"], code, "{problem}");
    }
});

on_both_databases!(async fn erasing_beside_captures_leaves_nobody_half_erased(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = crate::capture::a_form(&app, json!({})).await;
    let lead = admin.post("/leads", jane("ann")).await.expect(201).id();
    let posts = (0..12).map(|_| world.post(&path, json!({"name": "Jane ann", "email": "ann@example.com"})));
    let erased = json!({"lead_id": lead, "reason": "requested_by_person"});
    let erasures = (0..3).map(|_| admin.post("/erasures", erased.clone()));
    let (posts, erasures) = futures_util::join!(join_all(posts), join_all(erasures));
    assert!(posts.iter().all(|post| post.status == 202));
    assert_eq!(erasures.iter().filter(|one| one.status == 201).count(), 1);
    for one in &erasures {
        assert!(one.status == 201 || one.status == 200, "{}", one.text);
    }
    admin.get(format!("/leads/{lead}")).await.problem(410);
    // Whoever posted afterwards came back of their own will, once.
    let back = admin.get("/leads").await.expect(200)["data"].as_array().unwrap().len();
    assert!(back <= 1, "{back}");
    for post in &posts {
        let taken = crate::capture::submission(&admin, post).await;
        assert_eq!(taken["lead_id"] == json!(lead), taken["state"] == "erased", "{}", taken.text);
    }
});

#[test]
fn a_name_that_comes_while_a_person_is_looked_for_is_no_reference() {
    // SQLite lets nobody else write meanwhile.
    run(Backend::Postgres, TestApp::builder(), async |app| {
        let admin = app.admin().await;
        let lead = admin.post("/leads", jane("ann")).await.expect(201).id();
        let database = app.database().await;
        let beside = database.begin().await.unwrap();
        beside.execute_unprepared(&format!("SELECT 1 FROM leads WHERE id = '{lead}' FOR UPDATE")).await.unwrap();
        let asked = json!({"lead_id": lead, "reason": "other", "reference": "as Zora Quill of Acme wants it"});
        let names = async move {
            let waits =
                "SELECT count(*) AS number FROM pg_stat_activity WHERE pg_backend_pid() = ANY (pg_blocking_pids(pid))";
            let waits = Statement::from_string(beside.get_database_backend(), waits);
            while beside.query_one_raw(waits.clone()).await.unwrap().unwrap().try_get::<i64>("", "number").unwrap() == 0
            {
                tokio::time::sleep(std::time::Duration::from_millis(5)).await;
            }
            let named = r#"profile || '{"contact_name": "Zora Quill"}'"#;
            let named = format!("UPDATE leads SET profile = {named} WHERE id = '{lead}'");
            beside.execute_unprepared(&named).await.unwrap();
            beside.commit().await.unwrap();
        };
        let (refused, ()) = futures_util::join!(admin.post("/erasures", asked), names);
        assert_eq!(refused.problem(422)["errors"][0]["code"], "personal");
        database.close().await.unwrap();
    });
}
