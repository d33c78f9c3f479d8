use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::{Value, json};

/// The record of a list whose member holds this word.
fn named<'a>(list: &'a Value, member: &str, word: &str) -> &'a Value {
    let all = list.as_array().unwrap();
    all.iter().find(|one| one[member] == word).unwrap_or_else(|| panic!("no {word} in {list}"))
}

on_both_databases!(async fn menus_are_built_from_the_server(app) {
    let admin = app.admin().await;
    admin.post("/tags", json!({"name": "VIP"})).await.expect(201);
    admin.post("/custom-fields", json!({"key": "size", "label": "Size", "kind": "text"})).await.expect(201);
    let team = admin.post("/teams", json!({"name": "West", "member_ids": []})).await.expect(201);
    let catalogue = app.sign_in(Role::Viewer).await.get("/catalogue").await.expect(200);

    let rating = named(&catalogue["enumerations"], "name", "rating");
    let hot = json!({"value": "hot", "label": "Hot", "meaning": "70 to 100.", "order": 3});
    assert_eq!(rating["values"][2], hot);
    assert_eq!(named(&catalogue["lead_fields"], "name", "company_name")["label"], "Company");
    assert_eq!(catalogue["sources"].as_array().unwrap().len(), 13);
    assert_eq!(named(&catalogue["tags"], "name", "VIP")["version"], 1);
    assert_eq!(named(&catalogue["custom_fields"], "key", "size")["label"], "Size");
    assert_eq!(named(&catalogue["teams"], "name", "West")["id"], team["id"]);
    assert_eq!(catalogue["users"].as_array().unwrap().len(), 2);
});

on_both_databases!(async fn it_is_sent_again_only_after_a_change(app) {
    let admin = app.admin().await;
    let first = admin.get("/catalogue").await.expect(200);
    let known = admin.with("If-None-Match", first.etag());
    known.get("/catalogue").await.expect(304);
    app.stranger().await.post("/tags", json!({"name": "Strange"})).await.expect(201);
    known.get("/catalogue").await.expect(304);
    admin.post("/tags", json!({"name": "VIP"})).await.expect(201);
    let after = known.get("/catalogue").await.expect(200);
    assert_eq!(after["tags"].as_array().unwrap().len(), 1);
    app.anonymous().get("/catalogue").await.problem(401);
});
