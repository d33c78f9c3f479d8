use leadwright_domain::access::Role;
use leadwright_tests::on_both_databases;
use serde_json::json;

use super::save;

on_both_databases!(async fn a_view_changes_over_the_version_that_was_seen(app) {
    let rep = app.sign_in(Role::Rep).await;
    let view = save(&rep, "Mine", json!({"q": "acme", "sort": "score"})).await.expect(201);
    save(&rep, "Taken", json!({})).await.expect(201);
    let path = format!("/views/{}", view.id());
    let changed = rep.patch(&path, json!({"where": null, "q": null, "fields": ["score"]})).await.expect(200);
    assert_eq!((&changed["where"], &changed["q"], &changed["sort"]), (&json!(null), &json!(null), &json!("score")));
    assert_eq!((&changed["fields"], &changed["version"]), (&json!(["score"]), &json!(2)));
    rep.with("If-Match", view.etag()).patch(&path, json!({"name": "Late"})).await.problem(412);
    assert_eq!(rep.patch(&path, json!({"name": "taken"})).await.problem(409)["field"], "name");
    let problem = rep.patch(&path, json!({"where": {"field": "x", "op": "eq", "value": 1}})).await.problem(422);
    assert_eq!(problem["errors"][0]["pointer"], "#/where/field");
    rep.patch(&path, json!({"name": null})).await.problem(422);
});

on_both_databases!(async fn a_shared_view_is_changed_by_who_leads_and_given_back(app) {
    let (rep, other, manager) =
        (app.sign_in(Role::Rep).await, app.sign_in(Role::Rep).await, app.sign_in(Role::Manager).await);
    let given = save(&other, "Theirs", json!({"shared": true})).await.expect(201);
    let path = format!("/views/{}", given.id());
    let admin = app.admin().await;
    admin.patch(format!("/users/{}", other.user.unwrap()), json!({"role": "viewer"})).await.expect(200);
    assert_eq!(other.get(&path).await.expect(200)["editable"], false);
    let problem = other.patch(&path, json!({"q": "x"})).await.problem(403);
    assert!(problem["detail"].as_str().unwrap().contains("leads:write"), "{problem}");
    other.delete(&path).await.problem(403);
    assert_eq!(rep.get(&path).await.expect(200)["q"], json!(null));
    let path = format!("/views/{}", save(&rep, "Ours", json!({"shared": true})).await.expect(201).id());
    other.patch(&path, json!({"name": "Mine"})).await.problem(403);
    manager.patch(&path, json!({"name": "Everybody's"})).await.expect(200);
    assert_eq!(rep.get(&path).await["owner"]["id"], json!(rep.user));
    manager.patch(&path, json!({"shared": false})).await.expect(200);
    manager.get(&path).await.problem(404);
    assert_eq!(rep.get(&path).await["name"], "Everybody's");
});
