use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn a_team_goes_and_its_members_stay(app) {
    let admin = app.admin().await;
    let team = admin.post("/teams", json!({"name": "East", "member_ids": [app.admin]})).await.expect(201);
    let path = format!("/teams/{}", team.id());
    app.stranger().await.delete(&path).await.problem(404);
    admin.with("If-Match", "\"9.0.1\"").delete(&path).await.problem(412);
    admin.with("If-Match", team.etag()).delete(&path).await.expect(204);
    admin.get(&path).await.problem(404);
    admin.delete(&path).await.problem(404);
    admin.get(format!("/users/{}", app.admin)).await.expect(200);
});

on_both_databases!(async fn a_team_that_is_named_stays(app) {
    let admin = app.admin().await;
    let team = admin.post("/teams", json!({"name": "East", "member_ids": [app.admin]})).await.expect(201).id();
    let rule = json!({"name": "All", "position": 1, "when": {"all": []}, "assign": {"team_id": team}});
    let rule = admin.post("/routing-rules", rule).await.expect(201).id();
    let refused = admin.delete(format!("/teams/{team}")).await.problem(409);
    assert_eq!(refused["code"], "in-use");
    admin.delete(format!("/routing-rules/{rule}")).await.expect(204);
    admin.delete(format!("/teams/{team}")).await.expect(204);
});
