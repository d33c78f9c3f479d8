use leadwright_tests::on_both_databases;
use serde_json::json;

use super::jane;

on_both_databases!(async fn a_lead_lists_where_it_came_from(app) {
    let admin = app.admin().await;
    let none = admin.post("/leads", jane("ann")).await.expect(201).id();
    assert_eq!(admin.get(format!("/leads/{none}/touches")).await.expect(200)["data"], json!([]));
    let mut eve = jane("eve");
    eve["last_touch"] = json!({"utm_source": "google", "at": "2026-02-01T00:00:00Z"});
    let eve = admin.post("/leads", eve).await.expect(201).id();
    let touches = admin.get(format!("/leads/{eve}/touches")).await.expect(200);
    assert_eq!((touches["data"].as_array().unwrap().len(), &touches["data"][0]["utm_source"]), (1, &json!("google")));
    assert_eq!(touches["page"], json!({"next_cursor": null, "has_more": false}));
    // One that came before the last is told, too.
    let mut earlier = jane("eve");
    earlier["last_touch"] = json!({"utm_source": "bing", "at": "2026-01-01T00:00:00Z"});
    let version = admin.get(format!("/leads/{eve}")).await["version"].as_i64().unwrap();
    for _ in 0..2 {
        admin.post("/leads?duplicates=update", earlier.clone()).await.expect(200);
    }
    assert_eq!(admin.get(format!("/leads/{eve}")).await["version"], version + 1);
    assert_eq!(app.events_of(&eve).await[0].data["fields"], json!(["touches_between"]));
    assert_eq!(admin.get(format!("/leads/{eve}/touches")).await["data"].as_array().unwrap().len(), 2);
    app.anonymous().get(format!("/leads/{eve}/touches")).await.problem(401);
});
