//! Somebody who was erased comes again: by a file, by the API, by a form.

use leadwright_tests::on_both_databases;
use serde_json::json;

use super::erase;
use crate::{
    capture::{a_form, submission},
    imports::{counts, import},
    leads::{jane, jane_with},
};

const FILE: &str = "Name,E-mail,Phone,Company\nJane Ann,ann@example.com,,Acme\nJane A.,,212-736-5000,Acme\nBob,bob@example.com,,Acme\n";

on_both_databases!(async fn an_import_does_not_bring_them_back_unnoticed(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane_with("ann", json!({"phone": "+12127365000"}))).await.expect(201).id();
    erase(&admin, &lead).await;
    let review = import(&admin, "mode=review", FILE).await;
    assert_eq!((&review["state"], &review["erased"]), (&json!("awaiting_confirmation"), &json!("refuse")));
    assert_eq!((&review["preview"]["create"], &review["preview"]["reject"]), (&json!(1), &json!(2)), "{}", review.text);
    let error = &review["preview"]["errors"][0];
    assert_eq!((&error["code"], &error["count"]), (&json!("person_erased"), &json!(2)), "{}", review.text);
    assert!(error["detail"].as_str().unwrap().contains("erased=allow"), "{error}");

    let job = import(&admin, "mode=auto", FILE).await;
    assert_eq!(counts(&job), [1, 0, 0, 2]);
    let rejected = admin.get(format!("/imports/{}/rejected.csv", job.id())).await.expect(200).text;
    assert!(!rejected.contains("Jane") && !rejected.contains("ann@"), "of them nothing is kept: {rejected}");
    assert!(rejected.contains("\n,,,,2,") && rejected.contains("\n,,,,3,"), "{rejected}");
    let job = import(&admin, "mode=auto&erased=allow&duplicates=fill_blanks", FILE).await;
    assert_eq!(counts(&job), [2, 0, 1, 0], "{}", job.text);
    assert_eq!(job["warnings"]["returned_after_erasure"], 2, "{}", job.text);
    // From now on they are known again.
    assert_eq!(counts(&import(&admin, "mode=auto", FILE).await)[3], 0);
});

on_both_databases!(async fn they_do_not_come_back_by_their_id_or_on_the_lead_of_somebody_else(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane_with("ann", json!({"phone": "+12127365000"}))).await.expect(201).id();
    let by_id = admin.get("/leads/export?columns=contact_name,company_name,source,priority").await.expect(200).bytes;
    let bob = admin.post("/leads", jane_with("bob", json!({"external_ids": {"crm": "b-1"}}))).await.expect(201).id();
    erase(&admin, &lead).await;
    let review = import(&admin, "mode=review", by_id.clone()).await;
    assert_eq!(review["preview"]["errors"][0]["code"], "person_erased", "{}", review.text);
    for policy in ["update", "create", "skip"] {
        let job = import(&admin, &format!("mode=auto&duplicates={policy}"), by_id.clone()).await;
        assert_eq!(counts(&job), [0, 0, 0, 1], "{policy}: {}", job.text);
        let rejected = admin.get(format!("/imports/{}/rejected.csv", job.id())).await.expect(200).text;
        assert!(!rejected.contains("Jane ann"), "{rejected}");
    }
    assert_eq!(counts(&import(&admin, "mode=auto&erased=allow", by_id).await), [1, 0, 0, 0]);

    let hers = json!({"external_ids": {"crm": "b-1"}, "email": "ann@example.com", "contact_name": "Jane bob"});
    let problem = admin.post("/leads?duplicates=update", jane_with("bob", hers.clone())).await.problem(409);
    assert_eq!(problem["code"], "person-erased", "{problem}");
    assert_eq!(admin.get(format!("/leads/{bob}")).await["email"], "bob@example.com");
    admin.post("/leads?duplicates=update&erased=allow", jane_with("bob", hers)).await.expect(200);
    assert_eq!(app.events_of(&bob).await[0].data["returned_after_erasure"], true);
    // Now somebody has that address, and asks nobody.
    admin.post("/leads?duplicates=update", jane_with("ann", json!({"city": "Rome"}))).await.expect(200);
});

on_both_databases!(async fn of_rows_that_are_rejected_for_something_else_nothing_is_kept_either(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane_with("ann", json!({"phone": "+12127365000"}))).await.expect(201).id();
    erase(&admin, &lead).await;
    let file = "Name,E-mail,Phone,Company,Source\nJane Ann,ann@example.com,,Acme,Nowhere\n\
                Jane Ann,,,Acme,website,call (212) 736-5000,212-736-5000\nBob,bob@example.com,,Acme,Nowhere\n";
    let job = import(&admin, "mode=auto&unknown_source=fail", file).await;
    assert_eq!(counts(&job), [0, 0, 0, 3], "{}", job.text);
    let rejected = admin.get(format!("/imports/{}/rejected.csv", job.id())).await.expect(200).text;
    assert!(!rejected.contains("Ann") && !rejected.contains("736"), "{rejected}");
    assert!(rejected.contains("bob@example.com") && rejected.contains("\n,,,,,2,"), "{rejected}");
    let job = import(&admin, "mode=auto&unknown_source=fail&erased=allow", file).await;
    let rejected = admin.get(format!("/imports/{}/rejected.csv", job.id())).await.expect(200).text;
    assert!(rejected.contains("ann@example.com"), "who may come is to be mended: {rejected}");
});

on_both_databases!(async fn the_api_refuses_them_unless_told_otherwise(app) {
    let admin = app.admin().await;
    let known = jane_with("ann", json!({"external_ids": {"crm": "4711"}}));
    let lead = admin.with("Idempotency-Key", "one").post("/leads", known.clone()).await.expect(201).id();
    erase(&admin, &lead).await;
    // The answer that was kept for a repeat is gone as well.
    let problem = admin.with("Idempotency-Key", "one").post("/leads", known).await.problem(409);
    assert_eq!(problem["code"], "person-erased");
    assert!(problem["detail"].as_str().unwrap().contains("erased=allow"), "{problem}");
    let foreseen = admin.post("/leads?dry_run=true", jane("ann")).await.expect(200);
    assert_eq!((&foreseen["action"], &foreseen["warnings"][0]["code"]), (&json!("refused"), &json!("person_erased")));
    let by_id = jane_with("other", json!({"external_ids": {"crm": "4711"}}));
    let upsert = |erased: &str, lead| json!({"operations": [{"op": "upsert", "lead": lead}], "erased": erased});
    let refused = admin.post("/leads/batch", upsert("refuse", by_id)).await.expect(200);
    assert_eq!(refused["data"][0]["problem"]["code"], "person-erased", "{}", refused.text);
    assert_eq!(app.counts(["leads"]).await, [1]);

    let back = admin.post("/leads/batch", upsert("allow", jane("ann"))).await.expect(200);
    assert_eq!(back["data"][0]["outcome"], "created", "{}", back.text);
    let again = admin.post("/leads/batch", upsert("refuse", jane("ann"))).await.expect(200);
    assert_eq!(again["data"][0]["outcome"], "unchanged", "they are known again: {}", again.text);
    let stranger = app.stranger().await;
    stranger.post("/leads", jane("ann")).await.expect(201);
});

on_both_databases!(async fn who_fills_in_a_form_comes_back_of_their_own_will(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let post = json!({"name": "Jane Ann", "email": "ann@example.com"});
    let first = world.post(&path, post.clone()).await.expect(202);
    let lead = submission(&admin, &first).await.text_of("lead_id");
    erase(&admin, &lead).await;
    let receipt = submission(&admin, &first).await;
    assert_eq!((&receipt["state"], &receipt["body"], &receipt["outcome"]), (&json!("erased"), &json!(""), &json!({})));
    for way in ["replay", "release"] {
        let problem = admin.post(format!("/submissions/{}/{way}", receipt.id()), json!({})).await;
        assert!(matches!(problem.status, 409 | 410), "{}", problem.text);
    }
    let many = admin.post("/submissions/replay", json!({"ids": [receipt.id()]})).await.expect(200);
    assert_eq!(many["data"][0]["problem"]["code"], "erased", "{}", many.text);

    let second = world.post(&path, post).await.expect(202);
    assert_eq!(second.json.as_object().unwrap().len(), 1, "the world learns nothing");
    let back = submission(&admin, &second).await;
    assert_eq!((&back["state"], &back["outcome"]["warnings"][0]["code"]), (&json!("created"), &json!("returned_after_erasure")));
    assert_ne!(back["lead_id"], json!(lead));
    let created = app.events_of(back["lead_id"].as_str().unwrap()).await.pop().unwrap();
    assert_eq!(created.data["returned_after_erasure"], true);
});

on_both_databases!(async fn one_who_was_erased_stops_nobody_else(app) {
    let admin = app.admin().await;
    let [gone, other] =
        [jane_with("ann", json!({})), jane_with("bob", json!({}))].map(|jane| admin.post("/leads", jane));
    let (gone, other) = (gone.await.expect(201).id(), other.await.expect(201).id());
    admin.post(format!("/leads/{gone}/interactions"), json!({"kind": "chat"})).await.expect(201);
    let both = |action: &str| json!({"ids": [gone, other], "action": {"kind": action}});
    let archived = admin.post("/leads/bulk", both("archive")).await.expect(201).id();
    erase(&admin, &gone).await;
    let undone = admin.post(format!("/bulk-actions/{archived}/undo"), json!({})).await.expect(201);
    assert_eq!(admin.get(format!("/leads/{other}")).await.expect(200)["archived_at"], json!(null), "{}", undone.text);
    let again = admin.post("/leads/bulk", both("archive")).await.expect(201);
    assert_eq!(again["result"]["changed"], 1, "{}", again.text);
    admin.post("/leads/bulk", both("restore")).await.expect(201);

    let file = format!("id,contact_name,email,company_name\n{gone},In,ann@example.com,C\n,Cy,cy@example.com,C\n");
    let review = import(&admin, "mode=review", file.clone()).await;
    assert_eq!(review["preview"]["create"], 1, "{}", review.text);
    assert_eq!(counts(&import(&admin, "mode=auto&erased=allow", file).await), [2, 0, 0, 0]);
});
