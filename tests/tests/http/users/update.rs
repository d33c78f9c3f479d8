use leadwright_domain::access::Role;
use leadwright_tests::{ADMIN_EMAIL, ADMIN_PASSWORD, on_both_databases};
use serde_json::json;

use super::a_user;

on_both_databases!(async fn a_patch_changes_what_it_names(app) {
    let admin = app.admin().await;
    let user = admin.post("/users", a_user("ann", "rep")).await.expect(201);
    let path = format!("/users/{}", user.id());
    let changed = admin
        .with("If-Match", user.etag())
        .patch(&path, json!({"name": "Ann Smith", "role": "manager", "email": "smith@example.com"}))
        .await
        .expect(200);
    assert_eq!((changed["role"].as_str(), changed["version"].as_i64()), (Some("manager"), Some(2)));
    admin.with("If-Match", user.etag()).patch(&path, json!({"name": "Late"})).await.problem(412);
    let login = |email| json!({"email": email, "password": ADMIN_PASSWORD});
    app.anonymous().post("/auth/login", login("smith@example.com")).await.expect(200);
    app.anonymous().post("/auth/login", login("ann@example.com")).await.problem(401);
    admin.post("/users", a_user("ann", "rep")).await.expect(201);
    assert_eq!(admin.patch(&path, json!({"email": ADMIN_EMAIL})).await.problem(409)["field"], "email");
    admin.patch(&path, json!({"email": "SMITH@example.com"})).await.expect(200);
});

on_both_databases!(async fn who_is_made_inactive_is_out_at_once(app) {
    let rep = app.sign_in(Role::Rep).await;
    rep.get("/me").await.expect(200);
    let path = format!("/users/{}", rep.user.unwrap());
    let admin = app.admin().await;
    admin.patch(&path, json!({"active": false})).await.expect(200);
    rep.get("/me").await.problem(401);
    admin.patch(&path, json!({"active": true})).await.expect(200);
    rep.get("/me").await.problem(401);
});

on_both_databases!(async fn a_reset_password_signs_out_everywhere(app) {
    let rep = app.sign_in(Role::Rep).await;
    rep.get("/me").await.expect(200);
    let path = format!("/users/{}", rep.user.unwrap());
    let user = app.admin().await.patch(&path, json!({"password": "a brand new one"})).await.expect(200);
    rep.get("/me").await.problem(401);
    let login = json!({"email": user["email"], "password": "a brand new one"});
    app.anonymous().post("/auth/login", login).await.expect(200);
});

on_both_databases!(async fn the_last_admin_stays_one(app) {
    let admin = app.admin().await;
    let path = format!("/users/{}", app.admin);
    for wish in [json!({"active": false}), json!({"role": "manager"})] {
        assert_eq!(admin.patch(&path, wish).await.problem(409)["code"], "state-conflict");
    }
    admin.patch(&path, json!({"role": "admin", "active": true, "name": "Ada"})).await.expect(200);
});

on_both_databases!(async fn nobody_locks_themselves_out(app) {
    let (admin, second) = (app.admin().await, app.sign_in(Role::Admin).await);
    let path = format!("/users/{}", app.admin);
    for wish in [json!({"active": false}), json!({"role": "manager"}), json!({"password": "a brand new one"})] {
        assert_eq!(admin.patch(&path, wish).await.problem(409)["code"], "state-conflict");
    }
    admin.get("/users").await.expect(200);
    second.patch(&path, json!({"role": "manager"})).await.expect(200);
    admin.patch(format!("/users/{}", second.user.unwrap()), json!({"active": false})).await.problem(403);
});

on_both_databases!(async fn two_admins_cannot_remove_each_other(app) {
    let (one, two) = (app.admin().await, app.sign_in(Role::Admin).await);
    let (path_of_one, path_of_two) = (format!("/users/{}", app.admin), format!("/users/{}", two.user.unwrap()));
    let (first, second) = tokio::join!(
        one.patch(path_of_two, json!({"role": "viewer"})),
        two.patch(path_of_one, json!({"role": "viewer"})),
    );
    let mut statuses = [first.status, second.status];
    statuses.sort_unstable();
    assert_eq!(statuses[0], 200);
    assert!(matches!(statuses[1], 403 | 409), "{statuses:?}");
});

on_both_databases!(async fn nobody_changes_somebody_who_may_do_more(app) {
    let admin = app.admin().await;
    let scopes = json!(["users:write", "users:read", "leads:read", "reports:read", "config:read"]);
    let key = admin.post("/api-keys", json!({"name": "Directory", "scopes": scopes})).await.expect(201);
    let program = app.anonymous().bearer(&key.text_of("key"));
    let path = format!("/users/{}", app.admin);
    program.patch(&path, json!({"password": "taken over!"})).await.problem(403);
    let viewer = app.sign_in(Role::Viewer).await;
    let path = format!("/users/{}", viewer.user.unwrap());
    program.patch(&path, json!({"name": "Vera"})).await.expect(200);
    program.patch(&path, json!({"role": "admin"})).await.problem(403);
    app.stranger().await.patch(&path, json!({"name": "Mine"})).await.problem(404);
});
