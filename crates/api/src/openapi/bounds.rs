//! Bounds for whatever may be sent and names none itself. Bodies are checked against this very document, so these bounds
//! are kept, not only claimed.

use std::collections::BTreeSet;

use serde_json::{Map, Value};

/// The longest text.
const LONGEST: u64 = 2_000;
/// The most entries of a list.
const MOST: u64 = 1_000;
/// The largest integer that every JSON library keeps exactly.
const LARGEST: i64 = 9_007_199_254_740_991;

/// Formats whose length is known.
const OF_KNOWN_LENGTH: &[&str] = &["uuid", "date-time", "date", "binary"];

/// Completes schemas: formats of integers everywhere, bounds in what is sent.
pub fn add(document: &mut Value) {
    let sent = sent_schemas(document);
    if let Some(schemas) = document["components"]["schemas"].as_object_mut() {
        for (name, schema) in schemas {
            visit(schema, &mut |schema| format(schema));
            if sent.contains(name) {
                visit(schema, &mut bound);
            }
        }
    }
    for operation in operations(document) {
        visit(operation, &mut |schema| format(schema));
        if let Some(body) = operation.get_mut("requestBody") {
            visit(body, &mut bound);
        }
        for parameter in operation.get_mut("parameters").and_then(Value::as_array_mut).into_iter().flatten() {
            visit(parameter, &mut bound);
        }
    }
}

fn operations(document: &mut Value) -> impl Iterator<Item = &mut Value> {
    let paths = document["paths"].as_object_mut().into_iter().flatten();
    paths.filter_map(|(_, methods)| methods.as_object_mut()).flatten().map(|(_, operation)| operation)
}

/// The names of the component schemas that request bodies reach.
fn sent_schemas(document: &mut Value) -> BTreeSet<String> {
    let mut found = BTreeSet::new();
    for operation in operations(document) {
        references(&operation["requestBody"], &mut found);
    }
    loop {
        let before = found.len();
        for name in found.clone() {
            references(&document["components"]["schemas"][&name], &mut found);
        }
        if found.len() == before {
            return found;
        }
    }
}

fn references(value: &Value, found: &mut BTreeSet<String>) {
    match value {
        Value::Object(members) => {
            let name = members.get("$ref").and_then(Value::as_str);
            found.extend(name.and_then(|name| name.strip_prefix("#/components/schemas/")).map(ToOwned::to_owned));
            members.values().for_each(|value| references(value, found));
        }
        Value::Array(values) => values.iter().for_each(|value| references(value, found)),
        _ => {}
    }
}

/// Calls `change` on every object that may be a schema, from the root on.
fn visit(value: &mut Value, change: &mut impl FnMut(&mut Map<String, Value>)) {
    match value {
        Value::Object(members) => {
            change(members);
            // What stands in an example is no schema, whatever it looks like.
            let inner = members
                .iter_mut()
                .filter(|(name, _)| !matches!(name.as_str(), "example" | "examples" | "default" | "enum" | "const"));
            inner.for_each(|(_, value)| visit(value, change));
        }
        Value::Array(values) => values.iter_mut().for_each(|value| visit(value, change)),
        _ => {}
    }
}

fn is(schema: &Map<String, Value>, kind: &str) -> bool {
    match schema.get("type") {
        Some(Value::String(only)) => only == kind,
        Some(Value::Array(several)) => several.iter().any(|one| one == kind),
        _ => false,
    }
}

fn format(schema: &mut Map<String, Value>) {
    if is(schema, "integer") && !schema.contains_key("format") {
        schema.insert("format".to_owned(), "int64".into());
    }
}

fn bound(schema: &mut Map<String, Value>) {
    if is(schema, "string") {
        let format = schema.get("format").and_then(Value::as_str).unwrap_or_default();
        let is_bounded = ["maxLength", "enum", "const"].iter().any(|bound| schema.contains_key(*bound));
        if !is_bounded && !OF_KNOWN_LENGTH.contains(&format) {
            schema.insert("maxLength".to_owned(), LONGEST.into());
        }
    }
    if is(schema, "integer") {
        let (least, most) = if schema.get("format").is_some_and(|format| format == "int32") {
            (i64::from(i32::MIN), i64::from(i32::MAX))
        } else {
            (-LARGEST, LARGEST)
        };
        schema.entry("minimum").or_insert_with(|| least.into());
        schema.entry("maximum").or_insert_with(|| most.into());
    }
    if is(schema, "array") {
        schema.entry("maxItems").or_insert_with(|| MOST.into());
    }
}
