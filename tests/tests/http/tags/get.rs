use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn a_tag_is_read_by_its_organization(app) {
    let admin = app.admin().await;
    let created = admin.post("/tags", json!({"name": "VIP"})).await.expect(201);
    let path = format!("/tags/{}", created.id());
    assert_eq!(admin.get(&path).await.expect(200).json, created.json);
    app.stranger().await.get(&path).await.problem(404);
});
