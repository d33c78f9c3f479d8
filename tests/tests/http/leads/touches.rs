use leadwright_tests::on_both_databases;
use serde_json::json;

use super::jane;

on_both_databases!(async fn a_lead_lists_where_it_came_from(app) {
    let admin = app.admin().await;
    let none = admin.post("/leads", jane("ann")).await.expect(201).id();
    assert_eq!(admin.get(format!("/leads/{none}/touches")).await.expect(200)["data"], json!([]));
    let mut eve = jane("eve");
    eve["last_touch"] = json!({"utm_source": "google"});
    let eve = admin.post("/leads", eve).await.expect(201).id();
    let touches = admin.get(format!("/leads/{eve}/touches")).await.expect(200);
    assert_eq!((touches["data"].as_array().unwrap().len(), &touches["data"][0]["utm_source"]), (1, &json!("google")));
    assert_eq!(touches["page"], json!({"next_cursor": null, "has_more": false}));
    app.anonymous().get(format!("/leads/{eve}/touches")).await.problem(401);
});
