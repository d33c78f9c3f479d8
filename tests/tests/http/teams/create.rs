use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn a_team_has_members_and_managers(app) {
    let (ann, bob) = (app.sign_in(Role::Rep).await.user, app.sign_in(Role::Manager).await.user);
    let body = json!({"name": "East", "member_ids": [ann, bob], "manager_ids": [bob]});
    let team = app.admin().await.post("/teams", body).await.expect(201);
    assert_eq!((&team["member_ids"], &team["manager_ids"]), (&json!([ann, bob]), &json!([bob])));
    assert_eq!(team["kind"], "direct");
});

on_both_databases!(async fn members_are_users_of_the_organization(app) {
    let (admin, stranger) = (app.admin().await, app.stranger().await);
    let body = json!({"name": "East", "member_ids": [app.admin, stranger.user, app.admin], "manager_ids": [stranger.organization]});
    let problem = admin.post("/teams", body).await.problem(422);
    let faults: Vec<_> = problem["errors"]
        .as_array()
        .unwrap()
        .iter()
        .map(|fault| (fault["pointer"].as_str().unwrap(), fault["code"].as_str().unwrap()))
        .collect();
    let expected = [("#/member_ids/1", "unknown_user"), ("#/member_ids/2", "repeated"), ("#/manager_ids/0", "not_a_member")];
    assert_eq!(faults, expected);
});

on_both_databases!(async fn names_are_unique_in_the_organization(app) {
    let admin = app.admin().await;
    admin.post("/teams", json!({"name": "East"})).await.expect(201);
    assert_eq!(admin.post("/teams", json!({"name": " éast "})).await.problem(409)["field"], "name");
    app.stranger().await.post("/teams", json!({"name": "East"})).await.expect(201);
    app.sign_in(Role::Manager).await.post("/teams", json!({"name": "West"})).await.problem(403);
});
