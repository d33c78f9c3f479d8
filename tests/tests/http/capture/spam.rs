//! What may be spam is kept, makes no lead, and is answered like everything else.

use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_form, somebody, submission};

on_both_databases!(async fn who_fills_what_people_do_not_see_is_held_back(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let more = json!({"honeypot_field": "_gotcha", "required_fields": ["company_name"]});
    let (form, path) = a_form(&app, more).await;
    let body = |trap: &str| json!({"name": "Jane Doe", "email": "jane@example.com", "company": "Acme", "_gotcha": trap});
    let fine = world.post(&path, body("")).await.expect(202);
    let known = world.post(&path, body("")).await.expect(202);
    let caught = world.post(&path, body("http://spam.test")).await.expect(202);
    let lacking = world.post(&path, json!({"_gotcha": "x"})).await.expect(202);
    for answer in [&known, &caught, &lacking] {
        assert_eq!(answer.json.as_object().unwrap().len(), 1);
        for name in ["content-type", "cache-control", "idempotency-replayed"] {
            assert_eq!(answer.header(name), fine.header(name), "{name}");
        }
    }
    for posted in [&caught, &lacking] {
        let held = submission(&admin, posted).await;
        assert_eq!((&held["state"], &held["lead_id"]), (&json!("quarantined"), &json!(null)));
        assert_eq!(held["outcome"]["suspicions"][0]["code"], "honeypot_filled");
    }
    let waiting = admin.get("/submissions?state=quarantined").await.expect(200);
    assert_eq!(waiting["data"].as_array().unwrap().len(), 2);
    assert_eq!(app.counts(["leads", "submissions"]).await, [1, 4]);

    admin.patch(format!("/capture-forms/{}", form.id()), json!({"honeypot_field": null})).await.expect(200);
    assert_eq!(submission(&admin, &world.post(&path, body("x")).await.expect(202)).await["state"], "merged");
});

on_both_databases!(async fn a_form_takes_so_many_and_tells_when_to_come_back(app) {
    let world = app.anonymous();
    let more = json!({"max_per_address_per_minute": 3, "allowed_origins": ["https://example.com"]});
    let (_, path) = a_form(&app, more).await;
    let page = world.with("Origin", "https://example.com");
    for number in 0..3 {
        page.post(&path, somebody(&format!("n{number}"))).await.expect(202);
    }
    let refused = page.post(&path, somebody("more")).await;
    assert!(refused.header("retry-after").parse::<u64>().unwrap() > 0);
    assert_eq!(refused.header("access-control-allow-origin"), "https://example.com", "the page may tell the person");
    assert_eq!(refused.problem(429)["code"], "too-many-requests");
    let (_, other) = a_form(&app, json!({"max_per_minute": 1})).await;
    world.post(&other, somebody("one")).await.expect(202);
    world.post(&other, somebody("two")).await.problem(429);
    assert_eq!(app.counts(["submissions"]).await, [4]);
});
