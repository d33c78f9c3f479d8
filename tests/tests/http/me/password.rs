use leadwright_tests::{ADMIN_EMAIL, ADMIN_PASSWORD, on_both_databases};
use serde_json::json;

const NEW: &str = "a new horse battery";

on_both_databases!(async fn a_new_password_ends_all_other_sessions(app) {
    let (here, there) = (app.admin().await, app.admin().await);
    there.get("/me").await.expect(200);
    here.post("/me/password", json!({"current_password": ADMIN_PASSWORD, "new_password": NEW})).await.expect(204);
    here.get("/me").await.expect(200);
    there.get("/me").await.problem(401);
    let anonymous = app.anonymous();
    anonymous.post("/auth/login", json!({"email": ADMIN_EMAIL, "password": ADMIN_PASSWORD})).await.problem(401);
    anonymous.post("/auth/login", json!({"email": ADMIN_EMAIL, "password": NEW})).await.expect(200);
});

on_both_databases!(async fn both_faults_are_named(app) {
    let admin = app.admin().await;
    let body = json!({"current_password": "wrong", "new_password": ADMIN_EMAIL});
    let problem = admin.post("/me/password", body).await.problem(422);
    let codes: Vec<&str> =
        problem["errors"].as_array().unwrap().iter().map(|fault| fault["code"].as_str().unwrap()).collect();
    assert_eq!(codes, ["guessable", "wrong_password"]);
});

on_both_databases!(async fn guessing_it_has_to_wait(app) {
    let admin = app.admin().await;
    let body = json!({"current_password": "wrong", "new_password": NEW});
    for _ in 0..10 {
        admin.post("/me/password", body.clone()).await.problem(422);
    }
    admin.post("/me/password", body).await.problem(429);
});
