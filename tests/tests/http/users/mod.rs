mod create;
mod get;
mod list;
mod update;

use leadwright_tests::ADMIN_PASSWORD;
use serde_json::{Value, json};

fn a_user(name: &str, role: &str) -> Value {
    json!({"email": format!("{name}@example.com"), "name": name, "role": role, "password": ADMIN_PASSWORD})
}
