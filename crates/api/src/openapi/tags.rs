//! The groups of operations.

use serde_json::{Value, json};

/// Name and description of each group, in the order of the documentation.
const TAGS: &[(&str, &str)] = &[
    ("Lead sources", "The catalogue of where leads come from."),
    ("Imports", "Files of leads, taken in by jobs that survive restarts."),
    ("Operations", "What operators and programs ask of a server: probes, figures, documents."),
];

/// The groups that operations name.
pub fn used(paths: &Value) -> Value {
    let named = |tag: &str| {
        operations(paths)
            .any(|operation| operation["tags"].as_array().is_some_and(|tags| tags.iter().any(|one| one == tag)))
    };
    let used = TAGS.iter().filter(|(name, _)| named(name));
    used.map(|(name, description)| json!({"name": name, "description": description})).collect()
}

fn operations(paths: &Value) -> impl Iterator<Item = &Value> {
    paths.as_object().into_iter().flatten().filter_map(|(_, methods)| methods.as_object()).flatten().map(|(_, one)| one)
}
