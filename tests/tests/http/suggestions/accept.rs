use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

use super::{a_form, a_program, a_suggestion, post};
use crate::leads::jane_with;

on_both_databases!(async fn what_is_accepted_is_the_word_of_whoever_accepts_it(app) {
    let admin = app.admin().await;
    let (lead, suggestion) = a_suggestion(&admin).await;
    let accept = format!("/suggestions/{}/accept", suggestion["id"].as_str().unwrap());
    app.sign_in(Role::Viewer).await.post(&accept, Value::Null).await.problem(403);
    let stale = admin.with("If-Match", "\"7\"").post(&accept, Value::Null).await;
    assert_eq!(stale.problem(412)["code"], "stale-version");
    let rep = app.sign_in(Role::Rep).await;
    let taken = rep.with("If-Match", "\"1\"").post(&accept, Value::Null).await.expect(200);
    assert_eq!((&taken["lead"]["city"], &taken["lead"]["version"]), (&json!("Ulm"), &json!(2)), "{}", taken.text);
    assert_eq!((&taken["suggestion"]["state"], &taken["suggestion"]["decided_by"]["id"]), (&json!("accepted"), &json!(rep.user)));
    assert!(taken.etag().starts_with("\"2."), "{}", taken.etag());
    // Once more, with and without others.
    let again = admin.post(&accept, Value::Null).await.expect(200);
    assert_eq!((&again["suggestion"], &again["lead"]["version"]), (&taken["suggestion"], &json!(2)));
    let address = format!("/leads/{}", lead.id());
    let told = admin.get(format!("{address}/timeline")).await.expect(200);
    let event = &told["data"][0];
    assert_eq!((&event["kind"], &event["data"]["suggestion_id"]), (&json!("lead.updated"), &suggestion["id"]), "{}", told.text);
    let open = admin.get(format!("{address}/suggestions")).await.expect(200);
    assert_eq!(open["data"], json!([]));
    let who = admin.get(format!("{address}/provenance")).await.expect(200);
    let city = who["fields"].as_array().unwrap().iter().find(|one| one["field"] == "city").unwrap();
    assert_eq!((&city["from"]["writer"], &city["from"]["submission_id"]), (&json!("person"), &Value::Null));
});

on_both_databases!(async fn whatever_can_be_written_can_be_accepted(app) {
    let (admin, form) = (app.admin().await, a_form(&app.admin().await).await);
    admin.post("/custom-fields", json!({"key": "seats", "label": "Seats", "kind": "number"})).await.expect(201);
    let known = json!({"custom": {"seats": 5}, "phone": "+14155550100", "job_title": "CEO", "company_size": "10",
        "annual_revenue": {"amount": 5, "currency": "USD"}, "birth_date": "1980-01-02", "country": "US",
        "website": "https://old.example.com", "growth_rate": 3.5, "seniority": "vp", "language": "en"});
    let lead = admin.post("/leads", jane_with("ann", known)).await.expect(201);
    let said = json!({"name": "Joan Roe", "email": "ann@example.com", "seats": 7, "phone": "+14155550199", "job_title": "CTO",
        "company_size": "20-30", "annual_revenue": "7000 EUR", "birth_date": "1981-02-03", "country": "DE",
        "website": "https://new.example.com", "growth_rate": "4.5", "seniority": "manager", "language": "de"});
    post(&admin, &form, said).await;
    let found = admin.get(format!("/leads/{}/suggestions?limit=100", lead.id())).await.expect(200);
    let found = found["data"].as_array().unwrap();
    assert_eq!(found.len(), 12, "{found:?}");
    for one in found {
        let accepted = admin.post(format!("/suggestions/{}/accept", one["id"].as_str().unwrap()), Value::Null).await;
        let lead = &accepted.expect(200)["lead"];
        let field = one["field"].as_str().unwrap();
        let has = field.strip_prefix("custom.").map_or(&lead[field], |key| &lead["custom"][key]);
        assert_eq!(has, &one["value"], "{field}");
    }
    let after = admin.get(format!("/leads/{}", lead.id())).await.expect(200);
    assert_eq!((&after["first_name"], &after["custom"]["seats"], &after["version"]), (&json!("Joan"), &json!(7), &json!(13)));
});

on_both_databases!(async fn a_program_overwrites_its_own_and_suggests_the_rest(app) {
    let admin = app.admin().await;
    let program = a_program(&admin).await;
    let lead = program.post("/leads", jane_with("kim", json!({"city": "Bonn", "job_title": "CEO"}))).await.expect(201);
    let address = format!("/leads/{}", lead.id());
    let own = program.patch(&address, json!({"city": "Ulm"})).await.expect(200);
    assert_eq!((&own["city"], own.header("Suggested")), (&json!("Ulm"), ""));
    admin.patch(&address, json!({"city": "Rome", "job_title": null})).await.expect(200);
    let held = program.patch(&address, json!({"city": "Oslo", "job_title": "CFO", "industry": "Steel"})).await.expect(200);
    assert_eq!((&held["city"], &held["job_title"], &held["industry"]), (&json!("Rome"), &Value::Null, &json!("Steel")));
    assert_eq!((held.header("Suggested"), &held["version"]), ("job_title, city", &json!(4)));
    // The same again changes nothing at all; nothing is lost, and clearing is a suggestion, too.
    let again = program.patch(&address, json!({"city": "Oslo"})).await.expect(200);
    assert_eq!((again.header("Suggested"), &again["version"]), ("city", &json!(4)));
    program.patch(&address, json!({"city": null})).await.expect(200);
    let open = admin.get(format!("{address}/suggestions?field=city")).await.expect(200);
    let values: Vec<_> = open["data"].as_array().unwrap().iter().map(|one| one["value"].clone()).collect();
    assert_eq!(values, [Value::Null, json!("Oslo")], "{}", open.text);
    let cleared = admin.post(format!("/suggestions/{}/accept", open["data"][0]["id"].as_str().unwrap()), Value::Null).await;
    assert_eq!(cleared.expect(200)["lead"]["city"], Value::Null);
    // In a batch it is told item by item; whoever writes the value themselves settles the question.
    let upsert = json!({"operations": [{"op": "upsert", "lead": jane_with("kim", json!({"job_title": "CIO"}))}]});
    let batch = program.post("/leads/batch", upsert).await.expect(200);
    assert_eq!(batch["data"][0]["suggested"], json!(["job_title"]), "{}", batch.text);
    admin.patch(&address, json!({"job_title": "CIO"})).await.expect(200);
    let left = admin.get(format!("{address}/suggestions?field=job_title")).await.expect(200);
    let values: Vec<_> = left["data"].as_array().unwrap().iter().map(|one| one["value"].clone()).collect();
    assert_eq!(values, [json!("CFO")], "{}", left.text);
});
