use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{faults, jane, jane_with};

on_both_databases!(async fn a_lead_is_normalized(app) {
    let given = json!({
        "contact_name": "Jane Doe", "email": " Jane.DOE@Example.COM ", "phone": "(415) 555-2671", "company_name": "Acme",
        "source": "web", "priority": "high", "country": "United States", "company_size": "50-100",
        "annual_revenue": {"amount": 125_000, "currency": "usd"}, "job_title": "VP of Marketing", "tags": ["Fair", "fair"],
    });
    let lead = app.admin().await.post("/leads", given).await.expect(201);
    let shown = ["first_name", "last_name", "email", "phone", "source", "country", "seniority", "status", "stage"];
    let expected = ["Jane", "Doe", "jane.doe@example.com", "+14155552671", "website", "US", "vp", "new", "none"];
    for (field, expected) in shown.into_iter().zip(expected) {
        assert_eq!(lead[field], expected, "{field}");
    }
    assert_eq!(lead["phone_given"], "(415) 555-2671");
    assert_eq!((&lead["annual_revenue"]["currency"], &lead["tags"]), (&json!("USD"), &json!(["Fair"])));
    assert_eq!((lead["version"].as_i64(), lead["owner_id"].as_str()), (Some(1), None));
    assert_eq!(lead.header("location"), format!("/api/v1/leads/{}", lead.id()));
    assert!(lead.etag().starts_with("\"1."), "{}", lead.etag());
    assert!(lead["sla"]["due_at"].is_string(), "a first response is promised: {}", lead["sla"]);
});

on_both_databases!(async fn a_lead_is_scored_as_it_comes(app) {
    let admin = app.admin().await;
    let senior = json!({"job_title": "Chief Executive Officer", "industry": "Technology", "country": "US", "company_size": 500});
    let senior = admin.post("/leads", jane_with("senior", senior)).await.expect(201);
    let junior = admin.post("/leads", jane_with("junior", json!({"job_title": "Intern"}))).await.expect(201);
    assert!(senior["score"].as_i64() > junior["score"].as_i64(), "{} {}", senior["score"], junior["score"]);
    for lead in [&senior, &junior] {
        let parts = &lead["score_components"];
        let sum: i64 = ["demographic", "behavioral", "firmographic", "adjustment"].iter().map(|part| parts[part].as_i64().unwrap()).sum();
        assert_eq!(lead["score"].as_i64().unwrap(), sum.clamp(0, 100));
    }
});

on_both_databases!(async fn creating_is_one_row_and_one_event(app) {
    let tables = ["leads", "events", "submissions", "idempotency_keys", "lead_external_ids"];
    let admin = app.admin().await;
    let before = app.counts(tables).await;
    let lead = admin.post("/leads", jane("doe")).await.expect(201);
    let after = app.counts(tables).await;
    assert_eq!([0, 1, 2, 3, 4].map(|at| after[at] - before[at]), [1, 1, 0, 0, 0]);

    let events = app.events_of(&lead.id()).await;
    let [created] = events.as_slice() else { panic!("{events:?}") };
    assert_eq!((created.kind.as_str(), &created.data["channel"]), ("lead.created", &json!("user")));
    assert_eq!(created.data["match"]["reasons"][0]["code"], "no_match");
    assert_eq!(created.data["score"]["total"], lead["score"]);
    assert!(!created.data.to_string().contains("@example.com"), "no personal values outside the diff: {}", created.data);
});

on_both_databases!(async fn all_that_is_missing_is_said_at_once(app) {
    let problem = app.admin().await.post("/leads", json!({})).await.problem(422);
    let required = ["#/company_name", "#/contact_name", "#/email", "#/priority", "#/source"].map(|field| (field, "required"));
    assert_eq!(faults(&problem), required);
});

on_both_databases!(async fn all_that_is_wrong_is_said_at_once(app) {
    let given = json!({
        "contact_name": 5, "email": "nope", "phone": "12", "company_name": "Acme", "source": "websit", "priority": "urgnt",
        "country": "Atlantis", "colour": "red", "score": 5, "owner_id": "x", "team_id": uuid::Uuid::nil(), "company_size": -1,
        "birth_date": "31.02.2020", "custom": {"nosuch": 1}, "bant": {"budget": {"level": 9}}, "status": "new", "tags": "x",
    });
    let problem = app.admin().await.post("/leads", given).await.problem(422);
    let pointers: Vec<&str> = faults(&problem).into_iter().map(|(pointer, _)| pointer).collect();
    let expected = [
        "#/bant/budget/level", "#/birth_date", "#/colour", "#/company_size", "#/contact_name", "#/country",
        "#/custom/nosuch", "#/email", "#/owner_id", "#/phone", "#/priority", "#/score", "#/source", "#/status", "#/tags", "#/team_id",
    ];
    assert_eq!(pointers, expected, "{problem}");
    let source = problem["errors"].as_array().unwrap().iter().find(|fault| fault["pointer"] == "#/source").unwrap();
    assert_eq!(source["suggestion"], "website");
    assert_eq!(app.counts(["leads"]).await, [0]);
});

on_both_databases!(async fn names_in_parts_and_phones_alone_will_do(app) {
    let admin = app.admin().await;
    let given = json!({"first_name": "Jane", "last_name": "Doe", "phone": "+49 30 901820", "company_name": "A", "source": "referral", "priority": "low"});
    let lead = admin.post("/leads", given).await.expect(201);
    assert_eq!((&lead["contact_name"], &lead["phone"], &lead["email"]), (&json!("Jane Doe"), &json!("+4930901820"), &Value::Null));
});

on_both_databases!(async fn an_owner_is_somebody_of_the_house(app) {
    let (admin, manager, rep) = (app.admin().await, app.sign_in(Role::Manager).await, app.sign_in(Role::Rep).await);
    let stranger = app.stranger().await;
    let own = rep.post("/leads", jane_with("own", json!({"owner_id": rep.user}))).await.expect(201);
    assert_eq!(own["owner_id"], json!(rep.user));
    let refused = rep.post("/leads", jane_with("other", json!({"owner_id": manager.user}))).await.problem(403);
    assert_eq!(faults(&refused), [("#/owner_id", "forbidden")]);
    manager.post("/leads", jane_with("given", json!({"owner_id": rep.user}))).await.expect(201);
    let foreign = admin.post("/leads", jane_with("foreign", json!({"owner_id": stranger.user}))).await.problem(422);
    assert_eq!(faults(&foreign), [("#/owner_id", "unknown_user")]);

    let left = app.sign_in(Role::Rep).await.user.unwrap();
    admin.patch(format!("/users/{left}"), json!({"active": false})).await.expect(200);
    let gone = admin.post("/leads", jane_with("gone", json!({"owner_id": left}))).await.problem(422);
    assert_eq!(faults(&gone), [("#/owner_id", "inactive_user")]);
});

on_both_databases!(async fn bant_consent_and_money_come_with_the_lead(app) {
    let given = json!({
        "bant": {"budget": {"state": "met", "level": 4, "range": {"amount": 100, "max_amount": 500, "currency": "USD"}}, "need": {"state": "met", "clear": true}},
        "consent": {"email": {"state": "granted", "how": "On the phone"}}, "next_action": {"text": "Call back"},
        "purchases": [{"product": "Starter", "date": "2025-01-31", "price": {"amount": 900, "currency": "EUR"}}],
    });
    let lead = app.admin().await.post("/leads", jane_with("rich", given)).await.expect(201);
    assert_eq!((&lead["bant"]["completeness"], &lead["bant"]["budget"]["level"]), (&json!(50), &json!(4)));
    assert_eq!((&lead["consent"]["email"]["state"], &lead["consent"]["sms"]["state"]), (&json!("granted"), &json!("unknown")));
    assert_eq!((&lead["purchases"][0]["price"]["amount"], &lead["next_action"]["text"]), (&json!(900), &json!("Call back")));
});

on_both_databases!(async fn what_cannot_be_read_is_said_so(app) {
    let admin = app.admin().await;
    admin.post_raw("/leads", "application/json", "").await.problem(400);
    admin.post_raw("/leads", "application/json", "{\"email\":").await.problem(400);
    admin.post_raw("/leads", "application/json", vec![b'"', 0xff, b'"']).await.problem(400);
    admin.post_raw("/leads", "text/csv", "email").await.problem(415);
    admin.post("/leads", json!([jane("a")])).await.problem(422);
    admin.post("/leads?duplicates=rejekt", jane("a")).await.problem(422);
    admin.post("/leads?dryrun=true", jane("a")).await.problem(422);
});
