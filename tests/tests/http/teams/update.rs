use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

on_both_databases!(async fn lists_are_replaced_and_who_stays_keeps_leading(app) {
    let admin = app.admin().await;
    let [ann, bob, cid] = [Role::Rep, Role::Rep, Role::Rep].map(|role| app.sign_in(role));
    let (ann, bob, cid) = (ann.await.user, bob.await.user, cid.await.user);
    let body = json!({"name": "East", "member_ids": [ann, bob], "manager_ids": [ann, bob]});
    let team = admin.post("/teams", body).await.expect(201);
    let path = format!("/teams/{}", team.id());

    let team = admin.patch(&path, json!({"member_ids": [cid, ann]})).await.expect(200);
    assert_eq!((&team["member_ids"], &team["manager_ids"]), (&json!([ann, cid]), &json!([ann])));
    let team = admin.patch(&path, json!({"manager_ids": [cid], "name": "Far East", "kind": "office"})).await.expect(200);
    assert_eq!(team["manager_ids"], json!([cid]));
    assert_eq!((team["name"].as_str(), team["kind"].as_str(), team["version"].as_i64()), (Some("Far East"), Some("office"), Some(3)));
    assert_eq!(admin.get(&path).await.json, team.json);
    admin.patch(&path, json!({"manager_ids": [bob]})).await.problem(422);
    admin.with("If-Match", "\"1.0.1\"").patch(&path, json!({"name": "Late"})).await.problem(412);
    app.stranger().await.patch(&path, json!({"name": "Mine"})).await.problem(404);
});
