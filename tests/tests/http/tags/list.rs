use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn tags_come_by_name(app) {
    let admin = app.admin().await;
    for name in ["zebra", "Élan", "Apple"] {
        admin.post("/tags", json!({"name": name})).await.expect(201);
    }
    app.stranger().await.post("/tags", json!({"name": "strange"})).await.expect(201);
    let list = app.sign_in(Role::Viewer).await.get("/tags").await.expect(200);
    let names: Vec<&str> = list["data"].as_array().unwrap().iter().map(|one| one["name"].as_str().unwrap()).collect();
    assert_eq!(names, ["Apple", "Élan", "zebra"]);
});
