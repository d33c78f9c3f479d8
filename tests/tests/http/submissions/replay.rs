use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use crate::{
    capture::{a_form, somebody, submission},
    leads::jane,
};

on_both_databases!(async fn a_mended_mapping_makes_it_right(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (form, path) = a_form(&app, json!({})).await;
    let body = json!({"wer": "Jane Doe", "wohin": "jane@example.com"});
    let receipt = world.post(&path, body).await.problem(422)["receipt_id"].as_str().unwrap().to_owned();
    let replay = format!("/submissions/{receipt}/replay");
    let still = admin.post(&replay, json!({})).await.expect(200);
    assert_eq!((&still["state"], still["replayed_at"].is_string()), (&json!("failed"), true));

    let mapping = json!({"field_mapping": {"wer": "contact_name", "wohin": "email"}});
    admin.patch(format!("/capture-forms/{}", form.id()), mapping).await.expect(200);
    let mended = admin.post(&replay, json!({})).await.expect(200);
    assert_eq!(mended["state"], "created", "{}", mended.text);
    let lead = mended.text_of("lead_id");
    assert_eq!(app.stored_lead(&lead).await.profile.email.as_deref(), Some("jane@example.com"));

    let again = admin.post(&replay, json!({})).await.expect(200);
    assert_eq!((again.text_of("lead_id"), app.counts(["leads", "submissions"]).await), (lead.clone(), [1, 1]));
    assert_eq!(app.stored_lead(&lead).await.version, 1, "nothing further changes");
    assert_eq!(again["state"], "created", "what it once made, it made");
});

on_both_databases!(async fn a_post_that_made_a_lead_makes_no_second_one(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({"duplicate_policy": "flag"})).await;
    let posted = world.post(&path, somebody("doe")).await.expect(202);
    let taken = submission(&admin, &posted).await;
    for _ in 0..2 {
        let again = admin.post(format!("/submissions/{}/replay", taken.id()), json!({})).await.expect(200);
        assert_eq!(again["lead_id"], taken["lead_id"]);
    }
    assert_eq!(app.counts(["leads"]).await, [1]);
});

on_both_databases!(async fn what_was_said_since_is_not_written_over(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (form, path) = a_form(&app, json!({"duplicate_policy": "update"})).await;
    let said = |company: &str, place: &str| {
        json!({"name": "Jane Doe", "email": "jane@example.com", "company": company, "wo": place})
    };
    let older = world.post(&path, said("Old Co", "Bonn")).await.expect(202).text_of("receipt_id");
    let newer = world.post(&path, said("New Co", "Ulm")).await.expect(202).text_of("receipt_id");
    let replay = async |receipt: &str| {
        let taken = admin.post(format!("/submissions/{receipt}/replay"), json!({})).await.expect(200);
        let known = app.stored_lead(&taken.text_of("lead_id")).await.profile;
        (known.company_name.unwrap_or_default(), known.city.unwrap_or_default())
    };
    let now = |company: &str, city: &str| (company.to_owned(), city.to_owned());
    assert_eq!(replay(&older).await, now("New Co", ""));
    let mapping = json!({"field_mapping": {"wo": "city"}});
    admin.patch(format!("/capture-forms/{}", form.id()), mapping).await.expect(200);
    // A blank is filled, and what the newer one says counts once it says it.
    assert_eq!(replay(&older).await, now("New Co", "Bonn"));
    assert_eq!(replay(&newer).await, now("New Co", "Ulm"));
    assert_eq!(replay(&older).await, now("New Co", "Ulm"));
    // What it said itself is mended.
    let mapping = json!({"field_mapping": {"wo": "company_name"}});
    admin.patch(format!("/capture-forms/{}", form.id()), mapping).await.expect(200);
    assert_eq!(replay(&newer).await, now("Ulm", "Ulm"));
});

on_both_databases!(async fn notes_are_not_appended_again(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({"duplicate_policy": "update"})).await;
    let mut body = somebody("doe");
    body["message"] = json!("Call me");
    let taken = submission(&admin, &world.post(&path, body).await.expect(202)).await;
    admin.post(format!("/submissions/{}/replay", taken.id()), json!({})).await.expect(200);
    assert_eq!(app.stored_lead(&taken.text_of("lead_id")).await.profile.notes.as_deref(), Some("Call me"));
});

on_both_databases!(async fn it_is_for_those_who_mend_forms(app) {
    let (_, path) = a_form(&app, json!({})).await;
    let receipt = app.anonymous().post(&path, somebody("doe")).await.expect(202).text_of("receipt_id");
    let replay = format!("/submissions/{receipt}/replay");
    app.sign_in(Role::Marketer).await.post(&replay, json!({})).await.expect(200);
    app.sign_in(Role::Manager).await.post(&replay, json!({})).await.problem(403);
    app.stranger().await.post(&replay, json!({})).await.problem(404);
    app.anonymous().post(&replay, json!({})).await.problem(401);
});

on_both_databases!(async fn what_a_merged_lead_brought_goes_where_that_lead_goes(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let receipt = world.post(&path, somebody("zs")).await.expect(202).text_of("receipt_id");
    let place = format!("/submissions/{receipt}");
    let lead = admin.get(&place).await.expect(200).text_of("lead_id");
    let master = admin.post("/leads", jane("master")).await.expect(201).id();
    admin.post(format!("/leads/{master}/merge"), json!({"with": [lead]})).await.expect(200);
    let again = admin.post(format!("{place}/replay"), json!({})).await.expect(200);
    assert_eq!(again.text_of("lead_id"), master, "{}", again.text);
    admin.post(format!("/leads/{lead}/unmerge"), json!({})).await.expect(200);
    assert_eq!(admin.get(&place).await.expect(200).text_of("lead_id"), lead);
    let erased = admin.post("/erasures", json!({"lead_id": lead, "reason": "requested_by_person"})).await.expect(201);
    assert_eq!(erased["erased"]["submissions"], 1, "{}", erased.text);
    assert_eq!(admin.get(&place).await.expect(200)["body"], "");
});
