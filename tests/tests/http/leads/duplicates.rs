use futures_util::future::join_all;
use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{jane, jane_with};
use crate::duplicates::a_pair;

on_both_databases!(async fn a_known_person_is_refused_by_name(app) {
    let admin = app.admin().await;
    let known = admin.post("/leads", jane_with("doe", json!({"phone": "+14155552671"}))).await.expect(201);
    for same in [json!({"email": "DOE@example.com"}), json!({"email": "else@example.com", "phone": "(415) 555-2671"})] {
        let problem = admin.post("/leads", jane_with("doe", same)).await.problem(409);
        assert_eq!((problem["code"].as_str(), problem["existing_id"].as_str()), (Some("duplicate-lead"), Some(known.id().as_str())));
        assert_eq!(problem["duplicates"][0]["lead"], known["id"]);
    }
    assert_eq!(app.counts(["leads", "events"]).await[0], 1);
});

on_both_databases!(async fn the_oldest_match_comes_first(app) {
    let admin = app.admin().await;
    let first = admin.post("/leads", jane("one")).await.expect(201);
    let second = admin.post("/leads", jane_with("two", json!({"phone": "+14155552671"}))).await.expect(201);
    let both = jane_with("one", json!({"phone": "+14155552671"}));
    let problem = admin.post("/leads", both).await.problem(409);
    assert_eq!(problem["existing_id"], first["id"]);
    let all: Vec<_> = problem["duplicates"].as_array().unwrap().iter().map(|one| &one["lead"]).collect();
    assert_eq!(all, [&first["id"], &second["id"]]);
});

on_both_databases!(async fn a_lead_that_is_not_seen_is_not_named(app) {
    let (ann, bob) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let known = ann.post("/leads", jane_with("doe", json!({"owner_id": ann.user}))).await.expect(201);
    for policy in ["reject", "update", "fill_blanks"] {
        let refused = bob.post(format!("/leads?duplicates={policy}"), jane_with("doe", json!({"city": "Rome"}))).await;
        assert!(!refused.text.contains(&known.id()), "{}", refused.text);
        let problem = refused.problem(409);
        assert!(problem.get("existing_id").is_none() && problem.get("duplicates").is_none(), "{problem}");
    }
    let dry = bob.post("/leads?dry_run=true&duplicates=update", jane("doe")).await.expect(200);
    assert!(!dry.text.contains(&known.id()), "{}", dry.text);
    let flagged = bob.post("/leads?duplicates=flag", jane("doe")).await.expect(201);
    assert!(!flagged.text.contains(&known.id()), "{}", flagged.text);
    assert_eq!(app.stored_lead(&known.id()).await.version, 1);
});

on_both_databases!(async fn an_update_takes_what_is_new(app) {
    let admin = app.admin().await;
    let known = admin.post("/leads", jane_with("doe", json!({"city": "Rome", "notes": "First"}))).await.expect(201);
    let more = jane_with("doe", json!({"city": "Oslo", "website": "https://acme.com", "notes": "Second", "tags": ["fair"]}));
    let after = admin.post("/leads?duplicates=update", more.clone()).await.expect(200);
    assert_eq!((after.id(), &after["city"], &after["version"]), (known.id(), &json!("Oslo"), &json!(2)));
    assert_eq!(after["notes"], "First\n\nSecond");
    assert_eq!(after.header("content-location"), format!("/api/v1/leads/{}", known.id()));
    assert_eq!(app.history_of(&known.id()).await, ["lead.updated", "lead.created"]);

    let again = admin.post("/leads?duplicates=update", more).await.expect(200);
    assert_eq!((&again["version"], again.etag()), (&json!(2), after.etag()));
    assert_eq!(app.history_of(&known.id()).await.len(), 2);
});

on_both_databases!(async fn blanks_are_filled_and_the_rest_stays(app) {
    let admin = app.admin().await;
    admin.post("/leads", jane_with("doe", json!({"city": "Rome"}))).await.expect(201);
    let more = jane_with("doe", json!({"city": "Oslo", "website": "https://acme.com", "contact_name": "Somebody Else"}));
    let after = admin.post("/leads?duplicates=fill_blanks", more).await.expect(200);
    assert_eq!((&after["city"], &after["contact_name"]), (&json!("Rome"), &json!("Jane doe")));
    assert!(after["website"].as_str().unwrap().starts_with("https://acme.com"));
});

on_both_databases!(async fn a_flagged_one_is_another_lead(app) {
    let admin = app.admin().await;
    let known = admin.post("/leads", jane("doe")).await.expect(201);
    let second = admin.post("/leads?duplicates=flag", jane("doe")).await.expect(201);
    assert_ne!(known.id(), second.id());
    let created = &app.events_of(&second.id()).await[0];
    assert_eq!(created.data["match"]["suspected"][0]["lead"], known["id"]);
});

on_both_databases!(async fn the_same_name_and_company_only_flags(app) {
    let admin = app.admin().await;
    let known = admin.post("/leads", jane("doe")).await.expect(201);
    let same = jane_with("doe", json!({"email": "other@example.com", "company_name": "ACME, Inc."}));
    let second = admin.post("/leads?duplicates=update", same).await.expect(201);
    assert_ne!(known.id(), second.id());
    assert_eq!(app.events_of(&second.id()).await[0].data["match"]["suspected"][0]["by"], "person");
});

on_both_databases!(async fn an_archived_match_is_brought_back(app) {
    let admin = app.admin().await;
    let known = admin.post("/leads", jane("doe")).await.expect(201).id();
    admin.delete(format!("/leads/{known}")).await.expect(204);
    assert_eq!(admin.post("/leads", jane("doe")).await.problem(409)["existing_id"], known);
    let back = admin.post("/leads?duplicates=fill_blanks", jane("doe")).await.expect(200);
    assert_eq!((back.id(), back["archived_at"].is_null()), (known.clone(), true));
    assert_eq!(app.history_of(&known).await, ["lead.restored", "lead.archived", "lead.created"]);
});

on_both_databases!(async fn of_twins_at_one_moment_one_becomes_a_lead(app) {
    let admin = app.admin().await;
    let replies = join_all((0..20).map(|_| admin.post("/leads", jane("doe")))).await;
    let created: Vec<_> = replies.iter().filter(|reply| reply.status == 201).collect();
    let [lead] = created.as_slice() else { panic!("{} were created", created.len()) };
    for reply in replies.iter().filter(|reply| reply.status != 201) {
        assert_eq!((reply.status, &reply["existing_id"]), (409, &lead["id"]));
    }
    assert_eq!(app.counts(["leads"]).await, [1]);
});

on_both_databases!(async fn what_is_known_of_the_budget_is_united_too(app) {
    let admin = app.admin().await;
    let known = admin.post("/leads", jane_with("doe", json!({"bant": {"budget": {"state": "met", "level": 3}}}))).await.expect(201);
    let told = jane_with("doe", json!({"bant": {"budget": {"level": 5}, "need": {"state": "met"}}}));
    let filled = admin.post("/leads?duplicates=fill_blanks", told.clone()).await.expect(200);
    assert_eq!((&filled["bant"]["budget"]["level"], &filled["bant"]["need"]["state"]), (&json!(3), &json!("met")));
    let updated = admin.post("/leads?duplicates=update", told.clone()).await.expect(200);
    assert_eq!((&updated["bant"]["budget"]["level"], &updated["bant"]["budget"]["state"]), (&json!(5), &json!("met")));
    let again = admin.post("/leads?duplicates=update", told).await.expect(200);
    assert_eq!(again["version"], updated["version"]);
    let kinds: Vec<_> = app.events_of(&known.id()).await.into_iter().map(|event| event.kind).collect();
    assert_eq!(kinds.iter().filter(|kind| *kind == "lead.bant_changed").count(), 2, "{kinds:?}");
});

on_both_databases!(async fn a_lead_tells_what_it_may_be_the_same_as(app) {
    let admin = app.admin().await;
    let (robert, bob, pair) = a_pair(&admin).await;
    let other = admin.post("/leads", jane("doe")).await.expect(201);
    for (lead, pairs) in [(&robert, json!([pair])), (&bob, json!([pair])), (&other, json!([]))] {
        assert_eq!(admin.get(format!("/leads/{}/duplicates", lead.id())).await.expect(200)["data"], pairs);
    }
    admin.get(format!("/leads/{}/duplicates?lead_id=1", robert.id())).await.problem(422);
    admin.get(format!("/leads/{}/duplicates", uuid::Uuid::nil())).await.problem(404);
});
