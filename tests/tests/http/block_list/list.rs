use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn it_is_the_organizations_own(app) {
    let admin = app.admin().await;
    admin.post("/block-list", json!({"kind": "domain", "value": "junk.test", "note": "Links"})).await.expect(201);
    let list = app.sign_in(Role::Viewer).await.get("/block-list").await.expect(200);
    let entry = &list["data"][0];
    assert_eq!((&entry["kind"], &entry["value"], &entry["note"]), (&json!("domain"), &json!("junk.test"), &json!("Links")));
    assert_eq!(app.stranger().await.get("/block-list").await.expect(200)["data"], json!([]));
    app.anonymous().get("/block-list").await.problem(401);
});
