mod create;
mod get;
mod list;
mod update;

use serde_json::{Value, json};

/// A select of three sizes.
fn a_field(key: &str) -> Value {
    json!({"key": key, "label": "Size", "kind": "single_select", "options": ["Small", "Medium", "Large"]})
}
