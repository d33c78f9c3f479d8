use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_form, somebody, submission};

on_both_databases!(async fn json_and_an_html_form_say_the_same(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let body = json!({"Your name": "jane doe", "E-mail": " JANE@Example.com", "Phone": "415 555 2671", "company": "Acme", "utm_source": "google"});
    let first = world.post(&path, body).await.expect(202);
    let form = "Your+name=jane+doe&E-mail=john%40example.com&Phone=%2B1+415+555+2672&company=Acme&utm_source=google";
    let second = world.post_raw(&path, "application/x-www-form-urlencoded; charset=UTF-8", form).await.expect(202);
    for (posted, email, phone) in [(first, "jane@example.com", "+14155552671"), (second, "john@example.com", "+14155552672")] {
        let taken = submission(&admin, &posted).await;
        assert_eq!(taken["state"], "created", "{}", taken.text);
        let lead = app.stored_lead(taken["lead_id"].as_str().unwrap()).await.profile;
        assert_eq!((lead.contact_name.as_deref(), lead.email.as_deref()), (Some("Jane Doe"), Some(email)));
        assert_eq!((lead.phone.as_deref(), lead.company_name.as_deref()), (Some(phone), Some("Acme")));
        assert_eq!(lead.last_touch.unwrap().utm_source.as_deref(), Some("google"));
    }
});

on_both_databases!(async fn the_answer_is_the_same_for_known_and_unknown(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let first = world.post(&path, somebody("doe")).await.expect(202);
    let again = world.post(&path, somebody("doe")).await.expect(202);
    let members = |reply: &leadwright_tests::Reply| reply.json.as_object().unwrap().keys().cloned().collect::<Vec<_>>();
    assert_eq!((members(&first), members(&again)), (vec!["receipt_id".to_owned()], vec!["receipt_id".to_owned()]));
    let names = |reply: &leadwright_tests::Reply| reply.headers.keys().map(ToString::to_string).collect::<Vec<_>>();
    assert_eq!(names(&first), names(&again));
    assert_eq!(submission(&admin, &first).await["state"], "created");
    let merged = submission(&admin, &again).await;
    assert_eq!((&merged["state"], &merged["lead_id"]), (&json!("merged"), &submission(&admin, &first).await["lead_id"]));
    assert_eq!(app.counts(["leads", "submissions"]).await, [1, 2]);
});

on_both_databases!(async fn a_capture_writes_a_lead_a_submission_and_one_event(app) {
    let (_, path) = a_form(&app, json!({})).await;
    let tables = ["leads", "events", "submissions", "idempotency_keys"];
    let before = app.counts(tables).await;
    app.anonymous().post(&path, somebody("doe")).await.expect(202);
    app.anonymous().with("Idempotency-Key", "k").post(&path, somebody("other")).await.expect(202);
    let after = app.counts(tables).await;
    assert_eq!([0, 1, 2, 3].map(|at| after[at] - before[at]), [2, 2, 2, 1]);
});

on_both_databases!(async fn unknown_fields_stay_with_the_submission(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (form, path) = a_form(&app, json!({})).await;
    let mut body = somebody("doe");
    body["shoe size"] = json!(43);
    let posted = world.with("User-Agent", "Shop/1").with("Referer", "https://example.com/p").post(&path, body.clone()).await.expect(202);
    let taken = submission(&admin, &posted).await;
    assert_eq!(taken["form_id"], form["id"]);
    assert_eq!(serde_json::from_str::<serde_json::Value>(taken["body"].as_str().unwrap()).unwrap(), body);
    assert_eq!((&taken["headers"]["user_agent"], &taken["headers"]["referer"]), (&json!("Shop/1"), &json!("https://example.com/p")));
    assert_eq!(taken["content_type"], "application/json");
    assert_eq!(taken["outcome"]["refused"], json!(null));
});

on_both_databases!(async fn what_is_unfit_is_recorded_all_the_same(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    for body in [json!({}), json!({"name": "Jane"}), json!({"email": "nonsense"}), json!({"colour": "red"})] {
        let problem = world.post(&path, body.clone()).await.problem(422);
        let receipt = problem["receipt_id"].as_str().unwrap();
        let failed = admin.get(format!("/submissions/{receipt}")).await.expect(200);
        assert_eq!((&failed["state"], &failed["lead_id"]), (&json!("failed"), &json!(null)));
        assert_eq!(failed["outcome"]["refused"]["errors"], problem["errors"]);
    }
    assert_eq!(app.counts(["leads", "submissions"]).await, [0, 4]);
});

on_both_databases!(async fn what_cannot_be_read_is_said_so(app) {
    let world = app.anonymous();
    let (_, path) = a_form(&app, json!({})).await;
    world.post_raw(&path, "application/json", "").await.problem(400);
    world.post_raw(&path, "application/json", "{").await.problem(400);
    world.post_raw(&path, "application/json", vec![b'{', 0xff]).await.problem(400);
    world.post_raw(&path, "application/json", "[1]").await.problem(422);
    world.post_raw(&path, "application/x-www-form-urlencoded", "").await.problem(422);
    for kind in ["multipart/form-data; boundary=x", "multipart/form-data"] {
        world.post_raw(&path, kind, "name=Jane").await.problem(400);
    }
    for kind in ["text/plain", "application/xml", ""] {
        world.post_raw(&path, kind, "name=Jane").await.problem(415);
    }
    world.send(reqwest::Method::POST, &path, None).await.problem(415);
    world.post(format!("{path}?utm_source=x"), somebody("doe")).await.expect(202);
    world.delete(&path).await.problem(405);
});

on_both_databases!(async fn a_body_has_a_limit(app) {
    let world = app.anonymous();
    let (_, path) = a_form(&app, json!({})).await;
    let notes = |size: usize| format!("name=Jane&email=jane%40example.com&other={}", "x".repeat(size));
    world.post_raw(&path, "application/x-www-form-urlencoded", notes(255 * 1024)).await.expect(202);
    let problem = world.post_raw(&path, "application/x-www-form-urlencoded", notes(257 * 1024)).await.problem(413);
    assert_eq!(problem["code"], "body-too-large");
    world.post_raw(&path, "application/x-www-form-urlencoded", notes(8 << 20)).await.problem(413);
});

on_both_databases!(async fn the_world_says_who_it_is_not_what_becomes_of_it(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let mut body = somebody("doe");
    let more = json!({"owner": "admin@example.com", "owner_id": app.admin, "status": "converted", "score": 100, "stage": "sales_qualified", "created_at": "2001-01-01T00:00:00Z", "bant": {"need": {"state": "confirmed"}}});
    body.as_object_mut().unwrap().extend(more.as_object().unwrap().clone());
    let taken = submission(&admin, &world.post(&path, body).await.expect(202)).await;
    let lead = app.stored_lead(taken["lead_id"].as_str().unwrap()).await;
    assert_eq!((lead.owner_id, lead.status.as_str(), lead.stage.as_str()), (None, "new", "none"));
    assert!(lead.score.total < 100 && lead.bant.completeness() == 0);
});

on_both_databases!(async fn routing_gives_it_to_somebody(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let rule = json!({"name": "All", "position": 1, "when": {"all": []}, "assign": {"user_id": app.admin}});
    admin.post("/routing-rules", rule).await.expect(201);
    let taken = submission(&admin, &world.post(&path, somebody("doe")).await.expect(202)).await;
    let lead = taken["lead_id"].as_str().unwrap();
    assert_eq!(app.stored_lead(lead).await.owner_id, Some(app.admin));
    let created = &app.events_of(lead).await[0];
    assert_eq!((&created.data["channel"], &created.data["submission_id"]), (&json!("form"), &taken["id"]));
});
