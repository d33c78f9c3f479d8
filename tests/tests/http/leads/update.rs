use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{faults, jane, jane_with};

on_both_databases!(async fn a_patch_touches_only_what_it_names(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane_with("doe", json!({"city": "Rome", "website": "https://acme.com"}))).await.expect(201);
    let patch = json!({"website": null, "job_title": "Chief Executive Officer"});
    let after = admin.patch(format!("/leads/{}", lead.id()), patch).await.expect(200);
    assert_eq!((&after["website"], &after["city"], &after["job_title"]), (&Value::Null, &json!("Rome"), &json!("Chief Executive Officer")));
    assert_eq!((&after["seniority"], &after["version"]), (&json!("c_level"), &json!(2)));
    assert!(after["score"].as_i64() > lead["score"].as_i64(), "the score follows");

    let updated = &app.events_of(&lead.id()).await[0];
    assert_eq!((updated.kind.as_str(), updated.pos), ("lead.updated", app.last_event().await));
    let mut fields: Vec<&str> = updated.data["fields"].as_array().unwrap().iter().map(|field| field.as_str().unwrap()).collect();
    fields.sort_unstable();
    assert_eq!(fields, ["job_title", "seniority", "website"]);
    assert!(!updated.data.to_string().contains("acme.com"), "values live in the diff alone: {}", updated.data);
    assert!(updated.diff.as_ref().unwrap().to_string().contains("acme.com"));
});

on_both_databases!(async fn a_patch_that_changes_nothing_is_no_change(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane_with("doe", json!({"city": "Rome", "tags": ["fair"]}))).await.expect(201);
    let path = format!("/leads/{}", lead.id());
    let same = json!({"city": " Rome ", "email": "DOE@example.com", "source": "web", "website": null, "tags": ["fair"]});
    for patch in [json!({}), json!({"city": "Rome"}), same] {
        let after = admin.patch(&path, patch.clone()).await.expect(200);
        assert_eq!((&after["version"], after.etag()), (&json!(1), lead.etag()), "{patch}");
    }
    assert_eq!(app.history_of(&lead.id()).await, ["lead.created"]);
});

on_both_databases!(async fn who_read_an_older_one_is_told(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane("doe")).await.expect(201);
    let path = format!("/leads/{}", lead.id());
    let first = admin.with("If-Match", lead.etag()).patch(&path, json!({"city": "Rome"})).await.expect(200);
    let late = admin.with("If-Match", lead.etag()).patch(&path, json!({"city": "Oslo"})).await;
    assert_eq!(late.problem(412)["code"], "stale-version");
    admin.with("If-Match", lead.etag()).delete(&path).await.problem(412);
    admin.with("If-Match", format!("W/{}", first.etag())).patch(&path, json!({"city": "Oslo"})).await.expect(200);
    admin.with("If-Match", "*").patch(&path, json!({"city": "Bern"})).await.expect(200);
    admin.with("If-Match", "nonsense").patch(&path, json!({"city": "Bonn"})).await.problem(422);
});

on_both_databases!(async fn what_a_lead_needs_it_keeps(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane("doe")).await.expect(201);
    let path = format!("/leads/{}", lead.id());
    let patch = json!({"contact_name": null, "company_name": null, "email": null, "priority": null, "source": null});
    let problem = admin.patch(&path, patch).await.problem(422);
    let required = ["#/company_name", "#/contact_name", "#/email", "#/priority", "#/source"].map(|field| (field, "required"));
    assert_eq!(faults(&problem), required);
    let moved = admin.patch(&path, json!({"email": null, "phone": "+14155552671"})).await.expect(200);
    assert_eq!((&moved["email"], &moved["phone"]), (&Value::Null, &json!("+14155552671")));
});

on_both_databases!(async fn what_has_ways_of_its_own_is_refused_with_the_way(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane("doe")).await.expect(201);
    let patch = json!({"status": "contacted", "owner_id": null, "team_id": null, "score": 99, "archived_at": null, "version": 7, "colour": 1});
    let problem = admin.patch(format!("/leads/{}", lead.id()), patch).await.problem(422);
    let expected = [
        ("#/archived_at", "read_only"), ("#/colour", "unknown_field"), ("#/owner_id", "read_only"), ("#/score", "read_only"),
        ("#/status", "read_only"), ("#/team_id", "read_only"), ("#/version", "read_only"),
    ];
    assert_eq!(faults(&problem), expected);
});

on_both_databases!(async fn leads_out_of_sight_are_not_there(app) {
    let (admin, ann, bob) = (app.admin().await, app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let lead = ann.post("/leads", jane_with("doe", json!({"owner_id": ann.user}))).await.expect(201).id();
    let path = format!("/leads/{lead}");
    for client in [&bob, &app.stranger().await] {
        client.patch(&path, json!({"city": "Rome"})).await.problem(404);
        client.delete(&path).await.problem(404);
        client.post(format!("{path}/restore"), json!({})).await.problem(404);
    }
    ann.patch(&path, json!({"city": "Rome"})).await.expect(200);
    for nothing in ["nonsense", "00000000-0000-0000-0000-000000000000", "%00"] {
        admin.patch(format!("/leads/{nothing}"), json!({"city": "Rome"})).await.problem(404);
    }
});

on_both_databases!(async fn an_archived_lead_is_restored_before_it_is_changed(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane("doe")).await.expect(201).id();
    admin.delete(format!("/leads/{lead}")).await.expect(204);
    let problem = admin.patch(format!("/leads/{lead}"), json!({"city": "Rome"})).await.problem(409);
    assert_eq!(problem["code"], "archived");
});

on_both_databases!(async fn a_change_that_makes_two_alike_is_told(app) {
    let admin = app.admin().await;
    let one = admin.post("/leads", jane("one")).await.expect(201);
    let two = admin.post("/leads", jane("two")).await.expect(201);
    admin.patch(format!("/leads/{}", two.id()), json!({"email": "one@example.com"})).await.expect(200);
    assert_eq!(app.history_of(&two.id()).await, ["lead.duplicate_suspected", "lead.updated", "lead.created"]);
    let suspected = &app.events_of(&two.id()).await[0];
    assert_eq!((&suspected.data["matches"][0]["lead"], &suspected.data["matches"][0]["by"]), (&one["id"], &json!("email")));
    // It is found by its new address, and the old one is free.
    assert_eq!(admin.post("/leads", jane("two")).await.expect(201)["email"], "two@example.com");
});

on_both_databases!(async fn two_who_write_different_fields_both_win(app) {
    let admin = app.admin().await;
    let lead = admin.post("/leads", jane("doe")).await.expect(201);
    let path = format!("/leads/{}", lead.id());
    let fields = ["city", "region", "job_title", "website", "postal_code", "industry", "source_detail", "notes"];
    let patches = fields.map(|field| {
        let value = if field == "website" { "https://acme.com/" } else { "Rome" };
        admin.patch(&path, json!({field: value}))
    });
    for reply in futures_util::future::join_all(patches).await {
        reply.expect(200);
    }
    let after = admin.patch(&path, json!({})).await.expect(200);
    assert_eq!(after["version"], 9);
    for field in fields {
        assert!(after[field].is_string(), "{field} was lost");
    }
});
