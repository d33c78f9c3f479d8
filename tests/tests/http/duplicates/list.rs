use futures_util::future::join_all;
use leadwright_app::worker::duplicates;
use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use sea_orm::ConnectionTrait;
use serde_json::json;

use super::{a_pair, at_acme, codes, look};
use crate::leads::jane_with;

on_both_databases!(async fn whoever_signs_in_two_ways_is_suspected(app) {
    let admin = app.admin().await;
    let (robert, bob, pair) = a_pair(&admin).await;
    assert_eq!((pair["tier"].as_str(), pair["state"].as_str()), (Some("fuzzy"), Some("open")), "{pair}");
    assert_eq!(codes(&pair), ["nickname", "same_company"]);
    assert!(pair["similarity"].as_i64().is_some_and(|similarity| (75..100).contains(&similarity)), "{pair}");
    let leads: Vec<_> = pair["leads"].as_array().unwrap().iter().map(|lead| lead["id"].as_str().unwrap()).collect();
    assert_eq!(leads, [robert.id(), bob.id()]);
    assert_eq!(pair["leads"][1]["contact_name"], "Bob Smith");
    look(&admin).await;
    assert_eq!(app.counts(["duplicate_pairs", "lead_match_keys"]).await, [1, 2]);

    // Shared keys are exact, and come first.
    admin.post("/leads?duplicates=flag", jane_with("robert.smith", json!({"email": "robert.smith@acme.example"}))).await.expect(201);
    look(&admin).await;
    let all = admin.get("/duplicates").await.expect(200);
    let tiers: Vec<_> = all["data"].as_array().unwrap().iter().map(|pair| pair["tier"].as_str().unwrap()).collect();
    assert_eq!(tiers.iter().filter(|tier| **tier == "exact").count(), 1, "{}", all.text);
    assert!(all["data"][0]["similarity"].as_i64() >= all["data"][1]["similarity"].as_i64(), "{}", all.text);
    let above = admin.get("/duplicates?min_similarity=100").await.expect(200);
    assert_eq!(above["data"], json!([]));
    let first = admin.get("/duplicates?limit=1").await.expect(200);
    let cursor = first["page"]["next_cursor"].as_str().unwrap();
    let second = admin.get(format!("/duplicates?limit=1&cursor={cursor}")).await.expect(200);
    assert_eq!([&first["data"][0], &second["data"][0]], [&all["data"][0], &all["data"][1]]);
    admin.get("/duplicates?min_similarity=101&state=gone&lead_id=x").await.problem(422);
});

on_both_databases!(async fn a_pair_is_shown_to_whoever_sees_both(app) {
    let (ann, bob) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let own = |name: &str, email: &str, user| {
        let mut lead = at_acme(name, email);
        lead["owner_id"] = json!(user);
        lead
    };
    ann.post("/leads", own("Robert Smith", "robert@acme.example", ann.user)).await.expect(201);
    bob.post("/leads", own("Bob Smith", "bob@acme.example", bob.user)).await.expect(201);
    look(&ann).await;
    let pair = app.admin().await.get("/duplicates").await.expect(200)["data"][0]["id"].as_str().unwrap().to_owned();
    for rep in [ann, bob] {
        assert_eq!(rep.get("/duplicates").await.expect(200)["data"], json!([]));
        rep.get(format!("/duplicates/{pair}")).await.problem(404);
        rep.post(format!("/duplicates/{pair}/dismiss"), json!({})).await.problem(404);
    }
});

on_both_databases!(async fn a_pair_goes_when_it_is_none_any_more(app) {
    let admin = app.admin().await;
    let (robert, bob, _) = a_pair(&admin).await;
    let open = async || admin.get("/duplicates").await.expect(200)["data"].as_array().unwrap().len();
    admin.patch(format!("/leads/{}", bob.id()), json!({"contact_name": "Max Miller"})).await.expect(200);
    look(&admin).await;
    assert_eq!(open().await, 0);
    assert_eq!(admin.get("/duplicates?state=closed").await.expect(200)["data"].as_array().unwrap().len(), 1);
    admin.patch(format!("/leads/{}", bob.id()), json!({"contact_name": "Rob Smith"})).await.expect(200);
    look(&admin).await;
    assert_eq!(open().await, 1);
    admin.delete(format!("/leads/{}", robert.id())).await.expect(204);
    look(&admin).await;
    assert_eq!(open().await, 0);
    admin.post(format!("/leads/{}/restore", robert.id()), json!({})).await.expect(200);
    look(&admin).await;
    assert_eq!((open().await, app.counts(["duplicate_pairs"]).await), (1, [1]));
});

on_both_databases!(async fn a_key_that_many_share_leads_to_few(app) {
    let admin = app.admin().await;
    let lead = |number: usize| {
        let name = format!("Robert {}Smith", "S".repeat(number % 2));
        json!({"op": "create", "lead": {"contact_name": name, "email": format!("p{number}@people.example"),
            "company_name": "Acme", "source": "website", "priority": "medium"}})
    };
    let many: Vec<_> = (0..60).map(lead).collect();
    admin.post("/leads/batch", json!({"operations": many})).await.expect(200);
    look(&admin).await;
    let [pairs] = app.counts(["duplicate_pairs"]).await;
    assert!(pairs >= 60, "{pairs}");
    let one = json!({"operations": [lead(60)]});
    admin.post("/leads/batch", one).await.expect(200);
    look(&admin).await;
    let [after] = app.counts(["duplicate_pairs"]).await;
    assert!((1..=8 * 20).contains(&(after - pairs)), "{pairs} {after}");
});

on_both_databases!(async fn two_who_look_at_once_do_the_work_once(app) {
    let admin = app.admin().await;
    let lead = |number: usize| json!({"op": "create", "lead": at_acme(&format!("Robert Smith {number}"), &format!("p{number}@people.example"))});
    let many: Vec<_> = (0..40).map(lead).collect();
    admin.post("/leads/batch", json!({"operations": many})).await.expect(200);
    let (_go_on, stop) = tokio::sync::watch::channel(false);
    let at_once = (0..3).map(|number| duplicates::run_due(&app.app, uuid::Uuid::from_u128(number), &stop));
    for done in join_all(at_once).await {
        done.unwrap();
    }
    let [readers, keys, pairs] = app.counts(["event_readers", "lead_match_keys", "duplicate_pairs"]).await;
    assert_eq!((readers, keys), (1, 40));
    // Whoever was faster keeps the others away for a while; reading everything again finds the same.
    let database = app.database().await;
    database.execute_unprepared("DELETE FROM event_readers").await.unwrap();
    database.close().await.unwrap();
    look(&admin).await;
    assert_eq!(app.counts(["event_readers", "lead_match_keys", "duplicate_pairs"]).await, [1, 40, pairs]);
});
