//! Examples where tools look for them: at the body, not only at its schema.

use serde_json::Value;

/// Gives each body the example of its schema.
pub fn add(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let operations = document["paths"].as_object_mut().into_iter().flatten();
    let operations = operations.filter_map(|(_, methods)| methods.as_object_mut()).flatten();
    for (_, operation) in operations {
        for (_, body) in contents(operation) {
            let name = body["schema"]["$ref"].as_str().and_then(|name| name.rsplit('/').next()).unwrap_or_default();
            if let Some(example) = schemas[name].get("example") {
                body["example"] = example.clone();
            }
        }
    }
}

fn contents(operation: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut).into_iter().flatten()
}
