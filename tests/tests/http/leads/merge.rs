use futures_util::future::join;
use leadwright_domain::access::Role;
use leadwright_tests::{Client, Reply, on_both_databases};
use serde_json::{Value, json};

use super::{create, create_own, jane_with};
use crate::duplicates::{a_pair, look};

async fn merge(client: &Client, master: &str, with: &[&String], fields: Value) -> Reply {
    client.post(format!("/leads/{master}/merge"), json!({"with": with, "fields": fields})).await
}

on_both_databases!(async fn several_become_one(app) {
    let admin = app.admin().await;
    let made = async |name: &str, more: Value| admin.post("/leads", jane_with(name, more)).await.expect(201);
    let master = made("one", json!({"city": "Rome", "tags": ["a"], "external_ids": {"crm": "1"}, "notes": "first"})).await;
    let old = made("two", json!({"phone": "+14155552671", "external_ids": {"erp": "2"}, "tags": ["b"]})).await;
    let new = made("three", json!({"region": "Lazio", "city": "Oslo", "notes": "third", "external_ids": {"crm": "3"}})).await;
    let seen = json!({"kind": "page_viewed", "url": "https://acme.example/pricing"});
    admin.post(format!("/leads/{}/interactions", old.id()), json!([seen, seen])).await.expect(201);
    let with = [old.id(), new.id()];
    let body = json!({"with": with, "fields": {"contact_name": new.id()}});

    let before = app.counts(["events"]).await;
    let dry = admin.post(format!("/leads/{}/merge?dry_run=true", master.id()), body).await.expect(200);
    assert_eq!((dry["lead"]["version"].as_i64(), app.counts(["events"]).await), (Some(1), before));
    let done = merge(&admin, &master.id(), &with.each_ref(), json!({"contact_name": new.id()})).await.expect(200);
    for member in ["origins", "lost", "moved", "merged"] {
        assert_eq!(done[member], dry[member], "{member}");
    }
    let lead = &done["lead"];
    assert_eq!((&lead["contact_name"], &lead["city"], &lead["region"]), (&json!("Jane three"), &json!("Rome"), &json!("Lazio")));
    assert_eq!((&lead["phone"], &lead["tags"]), (&json!("+14155552671"), &json!(["a", "b"])));
    assert_eq!((&lead["notes"], &lead["external_ids"]), (&json!("first\n\nthird"), &json!({"crm": "1", "erp": "2"})));
    assert_eq!((&done["origins"]["phone"], &done["moved"]["interactions"]), (&json!([old.id()]), &json!(2)));
    assert!(done["lost"].as_array().unwrap().contains(&json!({"field": "city", "lead_id": new.id(), "value": "Oslo"})), "{}", done.text);
    assert_eq!(lead["score"], dry["lead"]["score"]);
    let moved = admin.get(format!("/leads/{}/interactions", master.id())).await.expect(200);
    assert_eq!(moved["data"].as_array().unwrap().len(), 2);
    assert_eq!(app.history_of(&master.id()).await[0], "leads.merged");
    assert_eq!(app.history_of(&old.id()).await[0], "lead.merged");
    assert_eq!(admin.get("/leads?archived=true").await.expect(200)["data"].as_array().unwrap().len(), 0);
    assert_eq!(admin.get("/leads").await.expect(200)["data"].as_array().unwrap().len(), 1);
});

on_both_databases!(async fn a_merged_lead_leads_to_its_master(app) {
    let admin = app.admin().await;
    let made = async |name: &str, more: Value| admin.post("/leads", jane_with(name, more)).await.expect(201).id();
    let (first, second, last) =
        (made("one", json!({"external_ids": {"crm": "1"}})).await, made("two", json!({"external_ids": {"crm": "2"}})).await, made("three", json!({})).await);
    merge(&admin, &second, &[&first], json!({})).await.expect(200);
    merge(&admin, &last, &[&second], json!({})).await.expect(200);
    for (path, to) in [("", ""), ("/interactions?limit=3", "/interactions?limit=3"), ("/score", "/score"), ("/bant", "/bant"), ("/duplicates", "/duplicates")] {
        let reply = admin.get(format!("/leads/{first}{path}")).await.expect(308);
        assert_eq!(reply.header("location"), format!("/api/v1/leads/{last}{to}"));
    }
    let problem = admin.patch(format!("/leads/{first}"), json!({"city": "Rome"})).await.problem(409);
    assert_eq!((&problem["code"], &problem["merged_into"]), (&json!("merged"), &json!(second)));
    admin.delete(format!("/leads/{first}")).await.problem(409);
    // Whoever comes again as one of them is the master: by address, and by an id that the master could not take over.
    let again = admin.post("/leads?duplicates=update", jane_with("one", json!({"city": "Rome"}))).await.expect(200);
    assert_eq!((again.id(), &again["city"]), (last.clone(), &json!("Rome")));
    let crm = jane_with("else", json!({"external_ids": {"crm": "1"}}));
    let again = admin.post("/leads?duplicates=update", crm).await.expect(200);
    assert_eq!(again.id(), last);
    admin.get(format!("/leads/{first}/timeline")).await.expect(200);
});

on_both_databases!(async fn what_can_not_be_merged_says_why(app) {
    let admin = app.admin().await;
    let (one, two, gone) = (create(&admin, "One").await.id(), create(&admin, "Two").await.id(), create(&admin, "Gone").await.id());
    let stranger = uuid::Uuid::nil().to_string();
    let problem = merge(&admin, &one, &[&one, &two, &two], json!({})).await.problem(422);
    let pointers: Vec<_> = problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    assert_eq!(pointers, ["#/with/0", "#/with/2"]);
    assert_eq!(merge(&admin, &one, &[&stranger], json!({})).await.problem(422)["errors"][0]["code"], "unknown_lead");
    merge(&admin, &one, &[], json!({})).await.problem(422);
    let wrong = merge(&admin, &one, &[&two], json!({"emial": two, "city": two})).await.problem(422);
    assert_eq!(wrong["errors"][1]["suggestion"], "email");
    let stale = admin.with("If-Match", "\"7\"").post(format!("/leads/{one}/merge"), json!({"with": [two]})).await;
    stale.problem(412);
    admin.delete(format!("/leads/{gone}")).await.expect(204);
    assert_eq!(merge(&admin, &gone, &[&two], json!({})).await.problem(409)["code"], "archived");
    merge(&admin, &one, &[&gone], json!({})).await.expect(200);
    assert_eq!(merge(&admin, &two, &[&gone], json!({})).await.problem(409)["merged_into"], one);
});

on_both_databases!(async fn reps_merge_what_they_see(app) {
    let (ann, bob) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let (mine, theirs) = (create_own(&ann, "Mine").await.id(), create_own(&bob, "Theirs").await.id());
    let free = create(&ann, "Free").await.id();
    merge(&ann, &theirs, &[&mine], json!({})).await.problem(404);
    assert_eq!(merge(&ann, &mine, &[&theirs], json!({})).await.problem(422)["errors"][0]["code"], "unknown_lead");
    let away = merge(&ann, &mine, &[&free], json!({"owner": free})).await.problem(403);
    assert_eq!(away["code"], "forbidden");
    let done = merge(&ann, &mine, &[&free], json!({})).await.expect(200);
    assert_eq!(done["lead"]["owner_id"], json!(ann.user));
});

on_both_databases!(async fn of_two_merges_against_each_other_one_wins(app) {
    let admin = app.admin().await;
    for round in 0..4 {
        let (one, two) = (create(&admin, &format!("One {round}")).await.id(), create(&admin, &format!("Two {round}")).await.id());
        let (there, back) = join(merge(&admin, &one, &[&two], json!({})), merge(&admin, &two, &[&one], json!({}))).await;
        let mut statuses = [there.status, back.status];
        statuses.sort_unstable();
        assert_eq!(statuses, [200, 409], "{} {}", there.text, back.text);
        let (winner, loser) = if there.status == 200 { (&one, back) } else { (&two, there) };
        assert_eq!(loser.problem(409)["merged_into"], json!(winner));
    }
});

on_both_databases!(async fn a_merge_settles_pairs_and_repeats_safely(app) {
    let admin = app.admin().await;
    let (robert, bob, pair) = a_pair(&admin).await;
    let keyed = admin.with("Idempotency-Key", "merge-1");
    let done = merge(&keyed, &robert.id(), &[&bob.id()], json!({})).await.expect(200);
    let again = merge(&keyed, &robert.id(), &[&bob.id()], json!({})).await.expect(200);
    assert_eq!((again.header("idempotency-replayed"), &again.json), ("true", &done.json));
    assert_eq!(done.etag(), admin.get(format!("/leads/{}", robert.id())).await.expect(200).etag());
    look(&admin).await;
    let settled = admin.get(format!("/duplicates/{}", pair["id"].as_str().unwrap())).await.expect(200);
    assert_eq!(settled["state"], "merged");
    assert_eq!(admin.get(format!("/leads/{}/duplicates", robert.id())).await.expect(200)["data"], json!([]));
});
