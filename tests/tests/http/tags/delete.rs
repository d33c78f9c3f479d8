use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn a_deleted_tag_is_offered_no_longer(app) {
    let admin = app.admin().await;
    let created = admin.post("/tags", json!({"name": "VIP"})).await.expect(201);
    let path = format!("/tags/{}", created.id());
    app.sign_in(Role::Rep).await.delete(&path).await.problem(403);
    app.stranger().await.delete(&path).await.problem(404);
    admin.patch(&path, json!({"color": "#000000"})).await.expect(200);
    admin.with("If-Match", created.etag()).delete(&path).await.problem(412);
    admin.delete(&path).await.expect(204);
    admin.delete(&path).await.problem(404);
    assert_eq!(admin.get("/tags").await.expect(200)["data"], json!([]));
    admin.post("/tags", json!({"name": "VIP"})).await.expect(201);
});
