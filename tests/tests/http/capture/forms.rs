//! What the settings of a form do to a post.

use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_form, somebody, submission};

on_both_databases!(async fn only_an_active_form_takes_posts(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (form, path) = a_form(&app, json!({})).await;
    world.post(&path, somebody("one")).await.expect(202);
    admin.delete(format!("/capture-forms/{}", form.id())).await;
    world.post(&path, somebody("two")).await.problem(404);
    admin.patch(format!("/capture-forms/{}", form.id()), json!({"active": true})).await.expect(200);
    world.post(&path, somebody("two")).await.expect(202);
    for key in ["nosuch", "x", "%00", "'", "f_%F0%9F%92%A9"] {
        world.post(format!("/capture/{key}"), somebody("three")).await.problem(404);
    }
});

on_both_databases!(async fn a_new_lead_gets_the_forms_defaults_and_a_known_one_does_not(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let defaults = json!({"priority": "high", "company_name": "Unknown", "product_interests": ["demo"], "tags": ["web"]});
    let (_, path) = a_form(&app, json!({"source": "webinar", "defaults": defaults})).await;
    let lead = submission(&admin, &world.post(&path, somebody("doe")).await.expect(202)).await["lead_id"].clone();
    let lead = admin.patch(format!("/leads/{}", lead.as_str().unwrap()), json!({})).await.expect(200);
    assert_eq!((&lead["source"], &lead["priority"], &lead["company_name"]), (&json!("webinar"), &json!("high"), &json!("Unknown")));
    assert_eq!((&lead["product_interests"], &lead["tags"]), (&json!(["demo"]), &json!(["web"])));

    let known = json!({"contact_name": "Ann Lee", "email": "ann@example.com", "company_name": "Acme", "source": "referral", "priority": "low"});
    let known = admin.post("/leads", known).await.expect(201);
    world.post(&path, json!({"name": "Ann Lee", "email": "ann@example.com"})).await.expect(202);
    let after = admin.patch(format!("/leads/{}", known.id()), json!({})).await.expect(200);
    assert_eq!((&after["source"], &after["priority"], &after["tags"]), (&json!("referral"), &json!("low"), &json!([])));
});

on_both_databases!(async fn the_forms_mapping_comes_first(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let mapping = json!({"field_7": "email", "email": "notes", "wer": "contact_name", "ok": "email_consent"});
    let (_, path) = a_form(&app, json!({"field_mapping": mapping, "consent_text": "You may write to me."})).await;
    let body = json!({"field_7": "jane@example.com", "email": "no address", "wer": "Jane Doe", "ok": "yes"});
    let taken = submission(&admin, &world.post(&path, body).await.expect(202)).await;
    let lead = app.stored_lead(taken["lead_id"].as_str().unwrap()).await.profile;
    assert_eq!((lead.email.as_deref(), lead.notes.as_deref()), (Some("jane@example.com"), Some("no address")));
    let consent = lead.consent.values().next().unwrap();
    assert_eq!((consent.state.as_str(), consent.how.as_deref()), ("granted", Some("You may write to me.")));
});

on_both_databases!(async fn a_form_without_a_name_makes_one_from_the_address(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({"duplicate_policy": "update"})).await;
    let taken = submission(&admin, &world.post(&path, json!({"email": "ada.lovelace@engines.example"})).await.expect(202)).await;
    let id = taken.text_of("lead_id");
    assert!(app.stored_lead(&id).await.profile.contact_name.is_some());
    assert_eq!(taken["outcome"]["warnings"][0]["code"], "made_from_email");
    let named = json!({"email": "ada.lovelace@engines.example", "name": "Augusta Ada Lovelace"});
    world.post(&path, named).await.expect(202);
    world.post(&path, json!({"email": "ada.lovelace@engines.example"})).await.expect(202);
    assert_eq!(app.stored_lead(&id).await.profile.contact_name.as_deref(), Some("Augusta Ada Lovelace"));
    world.post(&path, json!({"email": "grace@navy.example", "name": " "})).await.problem(422);
});

on_both_databases!(async fn a_form_demands_what_it_says(app) {
    let world = app.anonymous();
    let (_, path) = a_form(&app, json!({"required_fields": ["company_name", "phone", "country"]})).await;
    let mut body = somebody("doe");
    body["country"] = json!("Atlantis");
    let problem = world.post(&path, body).await.problem(422);
    let mut pointers: Vec<&str> = problem["errors"].as_array().unwrap().iter().map(|error| error["pointer"].as_str().unwrap()).collect();
    pointers.sort_unstable();
    assert_eq!(pointers, ["#/company_name", "#/country", "#/phone"]);
});

on_both_databases!(async fn a_source_that_was_switched_off_loses_no_lead(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({"source": "webinar"})).await;
    let sources = admin.get("/lead-sources").await.expect(200);
    let webinar = sources["data"].as_array().unwrap().iter().find(|source| source["code"] == "webinar").unwrap()["id"].clone();
    admin.patch(format!("/lead-sources/{}", webinar.as_str().unwrap()), json!({"active": false})).await;
    let taken = submission(&admin, &world.post(&path, somebody("doe")).await.expect(202)).await;
    assert_eq!(taken["state"], "created");
});
