use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn a_team_is_read_by_its_organization(app) {
    let team = app.admin().await.post("/teams", json!({"name": "East", "kind": "reseller"})).await.expect(201);
    let path = format!("/teams/{}", team.id());
    let viewer = app.sign_in(Role::Viewer).await;
    assert_eq!(viewer.get(&path).await.expect(200).json, team.json);
    viewer.with("If-None-Match", team.etag()).get(&path).await.expect(304);
    app.stranger().await.get(&path).await.problem(404);
});
