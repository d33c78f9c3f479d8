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
