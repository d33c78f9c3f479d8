use leadwright_domain::access::{Permission, Role};
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn a_person_reads_what_they_are_and_may_do(app) {
    let rep = app.sign_in(Role::Rep).await;
    let body = json!({"name": "East", "member_ids": [rep.user], "manager_ids": [rep.user]});
    app.admin().await.post("/teams", body).await.expect(201);
    let me = rep.get("/me").await.expect(200);
    assert_eq!((me["kind"].as_str(), me["role"].as_str()), (Some("user"), Some("rep")));
    assert_eq!(me["user"]["id"], rep.user.unwrap().to_string());
    assert!(me["api_key"].is_null());
    assert_eq!(me["organization"]["name"], "Acme");
    assert_eq!((me["teams"][0]["name"].as_str(), me["teams"][0]["manages"].as_bool()), (Some("East"), Some(true)));
    let permissions: Vec<&str> = Role::Rep.permissions().iter().map(|one| one.as_str()).collect();
    assert_eq!(me["permissions"], json!(permissions));
});

on_both_databases!(async fn every_role_has_its_permissions(app) {
    for role in Role::ALL {
        let me = app.sign_in(*role).await.get("/me").await.expect(200);
        let permissions = me["permissions"].as_array().unwrap();
        assert_eq!(permissions.len(), role.permissions().len(), "{role}");
        let writes = permissions.contains(&json!(Permission::LeadsWrite.as_str()));
        assert_eq!(writes, *role != Role::Viewer, "{role}");
    }
});

on_both_databases!(async fn a_program_reads_what_it_may_do(app) {
    let admin = app.admin().await;
    let key = admin.post("/api-keys", json!({"name": "Shop", "scopes": ["leads:write"]})).await.expect(201);
    let me = app.anonymous().bearer(&key.text_of("key")).get("/me").await.expect(200);
    assert_eq!((me["kind"].as_str(), me["api_key"]["name"].as_str()), (Some("api_key"), Some("Shop")));
    assert!(me["user"].is_null() && me["role"].is_null());
    assert_eq!(me["permissions"], json!(["leads:write"]));
});
