use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::{a_lead, create, create_own};

on_both_databases!(async fn what_happened_comes_newest_first_page_by_page(app) {
    let admin = app.admin().await;
    let path = format!("/leads/{}", create(&admin, "Ann One").await.id());
    for city in ["Berlin", "Paris", "Rome"] {
        admin.patch(&path, json!({"city": city})).await.expect(200);
    }
    create(&admin, "Bea Two").await;
    let all = admin.get(format!("{path}/timeline")).await.expect(200);
    let kinds: Vec<&str> = all["data"].as_array().unwrap().iter().map(|event| event["kind"].as_str().unwrap()).collect();
    assert_eq!(kinds, ["lead.updated", "lead.updated", "lead.updated", "lead.created"]);
    let newest = &all["data"][0];
    assert_eq!(newest["actor"], json!({"kind": "user", "id": app.admin, "name": "Ada Admin"}));
    assert!(newest["diff"].to_string().contains("Rome"), "{newest}");

    let first = admin.get(format!("{path}/timeline?limit=3")).await.expect(200);
    let cursor = first["page"]["next_cursor"].as_str().unwrap();
    assert_eq!(first.header("link"), format!("</api/v1{path}/timeline?limit=3&cursor={cursor}>; rel=\"next\""));
    let second = admin.get(format!("{path}/timeline?limit=3&cursor={cursor}")).await.expect(200);
    let joined: Vec<_> = [&first, &second].into_iter().flat_map(|page| page["data"].as_array().unwrap().clone()).collect();
    assert_eq!((json!(joined), &second["page"]["has_more"]), (all["data"].clone(), &json!(false)));
});

on_both_databases!(async fn only_who_sees_the_lead_sees_its_timeline(app) {
    let admin = app.admin().await;
    let (one, two) = (create(&admin, "Ann One").await.id(), create(&admin, "Bea Two").await.id());
    app.stranger().await.get(format!("/leads/{one}/timeline")).await.problem(404);
    app.anonymous().get(format!("/leads/{one}/timeline")).await.problem(401);
    admin.patch(format!("/leads/{one}"), json!({"city": "Rome"})).await.expect(200);
    let first = admin.get(format!("/leads/{one}/timeline?limit=1")).await.expect(200);
    let cursor = first["page"]["next_cursor"].as_str().unwrap();
    assert_eq!(admin.get(format!("/leads/{two}/timeline?cursor={cursor}")).await.problem(422)["code"], "invalid-cursor");
});

on_both_databases!(async fn leads_that_one_does_not_see_are_not_named(app) {
    let (admin, one, two) = (app.admin().await, app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await);
    let hidden = create_own(&one, "Jane Doe").await.id();
    let dry = two.post("/leads?duplicates=flag&dry_run=true", a_lead("Jane Doe")).await;
    assert!(!dry.text.contains(&hidden), "{}", dry.text);
    let mine = two.post("/leads?duplicates=flag", a_lead("Jane Doe")).await.expect(201);
    assert!(!mine.text.contains(&hidden), "{}", mine.text);
    let mut other = a_lead("Max Roe");
    other["owner_id"] = json!(two.user);
    let other = two.post("/leads", other).await.expect(201);
    let known = admin.get(format!("/leads/{hidden}")).await.expect(200);
    two.patch(format!("/leads/{}", other.id()), json!({"email": known["email"]})).await.expect(200);
    for lead in [mine.id(), other.id()] {
        let path = format!("/leads/{lead}/timeline");
        let told = admin.get(&path).await.expect(200);
        assert!(told.text.contains(&hidden), "{}", told.text);
        let told = two.get(&path).await;
        assert!(!told.text.contains(&hidden), "{}", told.text);
    }
});
