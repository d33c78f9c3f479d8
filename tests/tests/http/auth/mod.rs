mod login;
mod logout;
mod refresh;
mod tokens;

use leadwright_tests::{ADMIN_EMAIL, ADMIN_PASSWORD, Reply, TestApp};
use serde_json::json;

/// Signs the admin in with the password, as a person does.
async fn log_in(app: &TestApp) -> Reply {
    app.anonymous().post("/auth/login", json!({"email": ADMIN_EMAIL, "password": ADMIN_PASSWORD})).await.expect(200)
}
