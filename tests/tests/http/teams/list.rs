use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn teams_come_by_name_with_their_members(app) {
    let (admin, rep) = (app.admin().await, app.sign_in(Role::Rep).await);
    admin.post("/teams", json!({"name": "West"})).await.expect(201);
    admin.post("/teams", json!({"name": "East", "member_ids": [rep.user]})).await.expect(201);
    app.stranger().await.post("/teams", json!({"name": "Strange"})).await.expect(201);
    let list = rep.get("/teams").await.expect(200);
    let names: Vec<&str> = list["data"].as_array().unwrap().iter().map(|team| team["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["East", "West"]);
    assert_eq!(list["data"][0]["member_ids"], json!([rep.user]));
    rep.get("/teams?limit=1").await.problem(422);
});
