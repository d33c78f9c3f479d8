//! What a form does with somebody who is known.

use futures_util::future::join_all;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_form, somebody, submission};

on_both_databases!(async fn each_form_has_a_policy_of_its_own(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let body = |city: &str| json!({"name": "Jane Doe", "email": "doe@example.com", "city": city, "phone": "415 555 2671"});
    let (_, fill) = a_form(&app, json!({})).await;
    let first = submission(&admin, &world.post(&fill, json!({"name": "Jane Doe", "email": "doe@example.com", "city": "Rome"})).await.expect(202)).await;
    let lead = first["lead_id"].as_str().unwrap().to_owned();
    let filled = submission(&admin, &world.post(&fill, body("Oslo")).await.expect(202)).await;
    assert_eq!((&filled["state"], &filled["lead_id"]), (&json!("updated"), &json!(lead)));
    let stored = app.stored_lead(&lead).await.profile;
    assert_eq!((stored.city.as_deref(), stored.phone.as_deref()), (Some("Rome"), Some("+14155552671")));

    let (_, update) = a_form(&app, json!({"duplicate_policy": "update"})).await;
    world.post(&update, body("Oslo")).await.expect(202);
    assert_eq!(app.stored_lead(&lead).await.profile.city.as_deref(), Some("Oslo"));

    let (_, flag) = a_form(&app, json!({"duplicate_policy": "flag"})).await;
    let flagged = submission(&admin, &world.post(&flag, body("Bern")).await.expect(202)).await;
    assert_eq!(flagged["state"], "created");
    assert_ne!(flagged["lead_id"], json!(lead));
});

on_both_databases!(async fn an_archived_person_who_writes_again_is_back(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let lead = submission(&admin, &world.post(&path, somebody("doe")).await.expect(202)).await.text_of("lead_id");
    admin.delete(format!("/leads/{lead}")).await.expect(204);
    let back = submission(&admin, &world.post(&path, somebody("doe")).await.expect(202)).await;
    assert_eq!((back["state"].as_str(), back.text_of("lead_id")), (Some("updated"), lead.clone()));
    assert!(back["outcome"]["match"].as_array().unwrap().iter().any(|reason| reason["code"] == "restored_from_archive"));
    assert!(app.stored_lead(&lead).await.archived_at.is_none());
});

on_both_databases!(async fn many_at_one_moment_lose_nothing(app) {
    let world = app.anonymous();
    let (_, path) = a_form(&app, json!({})).await;
    let names: Vec<String> = (0..120).map(|number| format!("n{}", if number % 3 == 0 { 0 } else { number })).collect();
    for reply in join_all(names.iter().map(|name| world.post(&path, somebody(name)))).await {
        reply.expect(202);
    }
    assert_eq!(app.counts(["leads", "submissions"]).await, [81, 120]);
});

on_both_databases!(async fn an_id_of_another_system_is_read_only_where_the_form_maps_it(app) {
    let admin = app.admin().await;
    let jane = json!({
        "contact_name": "Jane Doe", "company_name": "Acme", "email": "jane.doe@example.com", "source": "website",
        "priority": "medium", "external_ids": {"crm": "9001", "external": "9001"},
    });
    let jane = admin.post("/leads", jane).await.expect(201);
    let (_, open) = a_form(&app, json!({"duplicate_policy": "update"})).await;
    let mut forged = somebody("mallory");
    for (name, value) in [("external_id", json!("9001")), ("external_ids.crm", json!("9001")), ("external_ids", json!({"crm": "9001"}))] {
        forged[name] = value;
    }
    let posted = app.anonymous().post(&open, forged).await.expect(202);
    let after = admin.get(format!("/leads/{}", jane.id())).await.expect(200);
    assert_eq!((&after["email"], &after["version"]), (&jane["email"], &json!(1)), "{}", after.text);
    let made = submission(&admin, &posted).await;
    let made = admin.get(format!("/leads/{}", made.text_of("lead_id"))).await.expect(200);
    assert_eq!(made["external_ids"], json!({}));

    let (_, mapped) = a_form(&app, json!({"duplicate_policy": "update", "field_mapping": {"ref": "external_ids.crm"}})).await;
    let mut known = somebody("jane");
    known["ref"] = json!("9001");
    let posted = app.anonymous().post(&mapped, known).await.expect(202);
    assert_eq!(submission(&admin, &posted).await.text_of("lead_id"), jane.id());
});

on_both_databases!(async fn what_no_longer_fits_into_the_notes_is_told(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    let mut long = somebody("doe");
    long["message"] = json!("n".repeat(9_995));
    let first = submission(&admin, &world.post(&path, long).await.expect(202)).await;
    assert_eq!(first["outcome"]["warnings"], json!([]));
    let mut more = somebody("doe");
    more["message"] = json!("One more thing");
    let second = submission(&admin, &world.post(&path, more).await.expect(202)).await;
    let warnings = &second["outcome"]["warnings"];
    assert_eq!((&second["state"], &warnings[0]["code"]), (&json!("updated"), &json!("too_long")), "{}", second.text);
});

on_both_databases!(async fn a_name_is_what_the_inputs_beside_it_leave(app) {
    let (admin, world) = (app.admin().await, app.anonymous());
    let (_, path) = a_form(&app, json!({})).await;
    for (number, (post, expected)) in [
        (json!({"name": "Anna", "last_name": "Smith"}), ["Anna Smith", "Anna", "Smith"]),
        (json!({"name": "Anna Smith", "surname": "Smith"}), ["Anna Smith", "Anna", "Smith"]),
        (json!({"Name": "Müller", "Vorname": "Jörg"}), ["Jörg Müller", "Jörg", "Müller"]),
        (json!({"fields": {"name": "Guy", "last_name": "Random"}}), ["Guy Random", "Guy", "Random"]),
        (json!({"nome": "Mario Rossi"}), ["Mario Rossi", "Mario", "Rossi"]),
        (json!({"name": "Jane Doe", "last_name": ""}), ["Jane Doe", "Jane", "Doe"]),
        (json!({"name": "Ann Lee", "first_name": "Ann", "last_name": "Lee"}), ["Ann Lee", "Ann", "Lee"]),
    ]
    .into_iter()
    .enumerate()
    {
        let mut post = post;
        post["email"] = json!(format!("n{number}@names.example"));
        let lead = submission(&admin, &world.post(&path, post.clone()).await.expect(202)).await.text_of("lead_id");
        let profile = app.stored_lead(&lead).await.profile;
        let names = [profile.contact_name, profile.first_name, profile.last_name];
        assert_eq!(names, expected.map(|name| Some(name.to_owned())), "{post}");
    }
});
