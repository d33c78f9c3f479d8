use leadwright_tests::on_both_databases;
use serde_json::json;

use super::create;

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
