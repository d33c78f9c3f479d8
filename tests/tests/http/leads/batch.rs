use futures_util::future::join_all;
use leadwright_domain::access::Role;
use leadwright_tests::{Client, on_both_databases};
use serde_json::{Value, json};

use super::{a_lead, create, create_own};

fn op(verb: &str, lead: Value) -> Value {
    json!({"op": verb, "lead": lead})
}

async fn count(client: &Client) -> i64 {
    client.get("/leads?count=exact&limit=1").await.expect(200)["total"].as_i64().unwrap()
}

on_both_databases!(async fn every_operation_has_a_status_of_its_own(app) {
    let admin = app.admin().await;
    let known = create(&admin, "Jane Doe").await;
    let mut newer = a_lead("Jane Doe");
    newer["city"] = json!("Berlin");
    let mut wrong = a_lead("Max Wrong");
    wrong["email"] = json!("max@");
    let operations = json!([
        op("create", a_lead("John Roe")),
        op("upsert", newer),
        op("upsert", a_lead("Ann New")),
        op("create", a_lead("Jane Doe")),
        op("create", wrong),
        {"op": "update", "id": known.id(), "lead": {"job_title": "CEO"}},
        {"op": "update", "id": known.id(), "version": 1, "lead": {"job_title": "CFO"}},
        {"op": "update", "lead": {"job_title": "CFO"}},
    ]);
    let answer = admin.post("/leads/batch", json!({"operations": operations})).await.expect(200);
    let items = answer["data"].as_array().unwrap();
    let statuses: Vec<i64> = items.iter().map(|item| item["status"].as_i64().unwrap()).collect();
    assert_eq!(statuses, [201, 200, 201, 409, 422, 200, 412, 422], "{answer:?}");
    assert_eq!((&items[1]["outcome"], &items[1]["changed"]), (&json!("updated"), &json!(["city"])));
    assert_eq!(items[3]["problem"]["existing_id"], known.id());
    assert!(items[3]["problem"]["detail"].as_str().unwrap().contains("`upsert`"), "{}", items[3]);
    assert_eq!(items[4]["problem"]["errors"][0]["pointer"], "#/operations/4/lead/email");
    assert_eq!(items[7]["problem"]["errors"][0]["pointer"], "#/operations/7/id");
    assert_eq!(answer["summary"], json!({"created": 2, "updated": 2, "unchanged": 0, "failed": 4}));
    let lead = admin.get(format!("/leads/{}", known.id())).await.expect(200);
    assert_eq!((&lead["city"], &lead["job_title"], &lead["version"]), (&json!("Berlin"), &json!("CEO"), &json!(3)));
});

on_both_databases!(async fn an_upsert_knows_people_by_id_email_and_phone(app) {
    let admin = app.admin().await;
    let mut jane = a_lead("Jane Doe");
    jane["phone"] = json!("+14155552671");
    jane["external_ids"] = json!({"crm": "7"});
    let first = admin.post("/leads/batch", json!({"operations": [op("upsert", jane.clone())]})).await.expect(200);
    let id = first["data"][0]["id"].clone();
    let again = admin.post("/leads/batch", json!({"operations": [op("upsert", jane)]})).await.expect(200);
    assert_eq!((&again["data"][0]["outcome"], &again["data"][0]["id"]), (&json!("unchanged"), &id));
    let mut by_id = a_lead("Jane Roe");
    by_id["external_ids"] = json!({"crm": "7"});
    let mut by_phone = a_lead("Janet Doe");
    by_phone["phone"] = json!("(415) 555-2671");
    for same in [by_id, by_phone] {
        let operation = json!({"op": "upsert", "fill_blanks": true, "lead": same});
        let answer = admin.post("/leads/batch", json!({"operations": [operation]})).await.expect(200);
        assert_eq!(answer["data"][0]["id"], id, "{answer:?}");
    }
    assert_eq!(count(&admin).await, 1);
    // Two of one batch are one person as well.
    let twice = json!([op("upsert", a_lead("Ann New")), op("upsert", a_lead("Ann New"))]);
    let answer = admin.post("/leads/batch", json!({"operations": twice})).await.expect(200);
    assert_eq!((&answer["data"][0]["outcome"], &answer["data"][1]["outcome"]), (&json!("created"), &json!("unchanged")));
});

on_both_databases!(async fn all_or_nothing(app) {
    let admin = app.admin().await;
    let known = create(&admin, "Jane Doe").await;
    let operations = json!([
        op("create", a_lead("John Roe")),
        {"op": "update", "id": known.id(), "lead": {"city": "Berlin"}},
        op("create", a_lead("Jane Doe")),
    ]);
    let problem = admin.post("/leads/batch", json!({"operations": operations, "atomic": true})).await.problem(409);
    assert_eq!((&problem["code"], &problem["items"][0]["index"]), (&json!("duplicate-lead"), &json!(2)));
    assert_eq!(count(&admin).await, 1);
    assert_eq!(admin.get(format!("/leads/{}", known.id())).await["version"], 1);
    let wrong = json!([op("create", a_lead("John Roe")), op("create", json!({"contact_name": "Nobody"}))]);
    let problem = admin.post("/leads/batch", json!({"operations": wrong, "atomic": true})).await.problem(422);
    assert!(problem["errors"][0]["pointer"].as_str().unwrap().starts_with("#/operations/1/lead/"), "{problem}");
    let good = json!([op("create", a_lead("John Roe")), {"op": "update", "id": known.id(), "lead": {"city": "Berlin"}}]);
    let answer = admin.post("/leads/batch", json!({"operations": good, "atomic": true})).await.expect(200);
    assert_eq!(answer["summary"]["failed"], 0);
});

on_both_databases!(async fn a_thousand_at_once_and_the_same_again(app) {
    let admin = app.admin().await.with("Idempotency-Key", "many");
    let operations: Vec<Value> = (0..1_000).map(|number| op("upsert", a_lead(&format!("Person {number}")))).collect();
    let body = json!({"operations": operations});
    let first = admin.post("/leads/batch", body.clone()).await.expect(200);
    assert_eq!(first["summary"]["created"], 1_000, "{}", first["summary"]);
    let again = admin.post("/leads/batch", body).await.expect(200);
    assert_eq!((again.header("idempotency-replayed"), &again.json), ("true", &first.json));
    let too_many: Vec<Value> = (0..1_001).map(|_| op("upsert", json!({}))).collect();
    app.admin().await.post("/leads/batch", json!({"operations": too_many})).await.problem(422);
});

on_both_databases!(async fn an_external_id_of_somebody_else_is_refused_alone(app) {
    let admin = app.admin().await;
    let mut jane = a_lead("Jane Doe");
    jane["external_ids"] = json!({"crm": "7"});
    admin.post("/leads", jane).await.expect(201);
    let (john, ann) = (create(&admin, "John Roe").await, create(&admin, "Ann New").await);
    let operations = json!([
        {"op": "update", "id": john.id(), "lead": {"external_ids": {"crm": "7"}}},
        {"op": "update", "id": ann.id(), "lead": {"external_ids": {"crm": "8"}}},
    ]);
    let answer = admin.post("/leads/batch", json!({"operations": operations})).await.expect(200);
    assert_eq!((&answer["data"][0]["problem"]["field"], &answer["data"][1]["status"]), (&json!("external_ids"), &json!(200)));
});

on_both_databases!(async fn a_dry_run_keeps_nothing(app) {
    let admin = app.admin().await;
    let known = create(&admin, "Jane Doe").await;
    let operations = json!([
        op("create", a_lead("John Roe")),
        op("upsert", a_lead("Jane Doe")),
        {"op": "update", "id": known.id(), "lead": {"city": "Berlin"}},
    ]);
    let answer = admin.post("/leads/batch?dry_run=true", json!({"operations": operations})).await.expect(200);
    let outcomes: Vec<&str> =
        answer["data"].as_array().unwrap().iter().map(|item| item["outcome"].as_str().unwrap()).collect();
    assert_eq!(outcomes, ["created", "unchanged", "updated"]);
    assert_eq!((&answer["data"][0]["id"], count(&admin).await), (&json!(null), 1));
    assert_eq!(admin.get(format!("/leads/{}", known.id())).await["version"], 1);
});

on_both_databases!(async fn one_touches_only_what_one_sees(app) {
    let (rep, other) = (app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let lead = create_own(&rep, "Jane Doe").await;
    let mut for_another = a_lead("John Roe");
    for_another["owner_id"] = json!(rep.user);
    let operations = json!([
        {"op": "update", "id": lead.id(), "lead": {"city": "Berlin"}},
        op("upsert", a_lead("Jane Doe")),
        op("create", for_another),
    ]);
    let answer = other.post("/leads/batch", json!({"operations": operations})).await.expect(200);
    let statuses: Vec<i64> =
        answer["data"].as_array().unwrap().iter().map(|item| item["status"].as_i64().unwrap()).collect();
    assert_eq!(statuses, [404, 409, 403], "{answer:?}");
    assert_eq!(answer["data"][1]["problem"]["existing_id"], json!(null), "who may not see it is not told which");
    app.sign_in(Role::Viewer).await.post("/leads/batch", json!({"operations": operations})).await.problem(403);
});

on_both_databases!(async fn nobody_is_referred_to_a_lead_that_was_not_made(app) {
    let admin = app.admin().await;
    let twice = json!([op("create", a_lead("Jane Doe")), op("create", a_lead("Jane Doe"))]);
    let dry = admin.post("/leads/batch?dry_run=true", json!({"operations": twice})).await.expect(200);
    let atomic = admin.post("/leads/batch", json!({"operations": twice, "atomic": true})).await.problem(409);
    for problem in [&dry["data"][1]["problem"], &atomic["items"][0]] {
        assert_eq!((&problem["code"], &problem["existing_id"]), (&json!("duplicate-lead"), &json!(null)), "{problem}");
        assert_eq!(problem["duplicates"], json!(null));
    }
    let real = admin.post("/leads/batch", json!({"operations": twice})).await.expect(200);
    assert_eq!(real["data"][1]["problem"]["existing_id"], real["data"][0]["id"]);
});

on_both_databases!(async fn large_batches_and_single_leads_at_once_are_as_many_leads_as_people(app) {
    let admin = app.admin().await;
    let name = |number: usize| format!("Person {number}");
    let forth: Vec<Value> = (0..400).map(|number| op("upsert", a_lead(&name(number)))).collect();
    let back: Vec<Value> = forth.iter().rev().cloned().collect();
    let batches = [forth, back].map(|operations| admin.post("/leads/batch", json!({"operations": operations})));
    let singles = (0..40).map(|number| admin.post("/leads?duplicates=update", a_lead(&name(number * 10))));
    let (batches, singles) = futures_util::future::join(join_all(batches), join_all(singles)).await;
    for batch in batches {
        assert_eq!(batch.expect(200)["summary"]["failed"], 0);
    }
    for single in singles {
        assert!([200, 201].contains(&single.status), "{}", single.json);
    }
    assert_eq!(count(&admin).await, 400);
});

on_both_databases!(async fn batches_that_change_and_match_crosswise_both_end(app) {
    let admin = app.admin().await;
    let (jane, john) = (create(&admin, "Jane Doe").await, create(&admin, "John Roe").await);
    let crosswise = |changed: &str, matched: &str, city: &str| {
        let mut newer = a_lead(matched);
        newer["city"] = json!(city);
        json!({"operations": [{"op": "update", "id": changed, "lead": {"city": city}}, op("upsert", newer)]})
    };
    for round in 0..5 {
        let city = format!("City {round}");
        let (one, other) = (crosswise(&jane.id(), "John Roe", &city), crosswise(&john.id(), "Jane Doe", "Berlin"));
        let (one, other) = futures_util::future::join(
            admin.post("/leads/batch", one),
            admin.post("/leads/batch", other),
        )
        .await;
        assert_eq!((one.expect(200)["summary"]["failed"].clone(), other.expect(200)["summary"]["failed"].clone()), (json!(0), json!(0)));
    }
});
