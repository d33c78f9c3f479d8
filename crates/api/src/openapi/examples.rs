//! Examples where tools look for them: at the parameters of the path, and at the body, not only at its schema.

use serde_json::Value;

use super::known;

/// Gives each operation examples of its path and of its body.
pub fn add(document: &mut Value) {
    let schemas = document["components"]["schemas"].clone();
    let operations = document["paths"].as_object_mut().into_iter().flatten();
    let operations = operations.filter_map(|(_, methods)| methods.as_object_mut()).flatten();
    for (_, operation) in operations {
        let id = operation["operationId"].as_str().unwrap_or_default().to_owned();
        for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            let name = parameter["name"].as_str().unwrap_or_default();
            if let Some(example) = known::in_path(&id, name).filter(|_| parameter["in"] == "path") {
                parameter["example"] = example;
            }
        }
        for (_, body) in contents(operation) {
            let name = body["schema"]["$ref"].as_str().and_then(|name| name.rsplit('/').next()).unwrap_or_default();
            if let Some(example) = schemas[name].get("example").cloned().or_else(|| known::body(&id)) {
                body["example"] = example;
            }
        }
    }
}

fn contents(operation: &mut Value) -> impl Iterator<Item = (&String, &mut Value)> {
    operation.pointer_mut("/requestBody/content").and_then(Value::as_object_mut).into_iter().flatten()
}
