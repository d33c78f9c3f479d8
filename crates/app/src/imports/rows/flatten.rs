//! Objects within objects, as columns.

use leadwright_domain::leads::{FieldKind, LEAD_FIELDS};
use serde_json::{Map, Value};

/// How many objects within objects are looked into.
const DEEPEST: usize = 5;

/// The members of an object, those of objects within it by their whole path: `address.city`. A field of ours that is an
/// object itself stays whole. Of `{"value": …, …}` the value counts, of a list of such all their values.
pub(in crate::imports) fn flatten(members: Map<String, Value>) -> Vec<(String, Value)> {
    let mut flat = Vec::with_capacity(members.len());
    for (name, value) in members {
        put(&mut flat, name, value, 0);
    }
    flat
}

fn put(flat: &mut Vec<(String, Value)>, name: String, value: Value, depth: usize) {
    match value {
        Value::Object(mut members) if depth < DEEPEST && !is_whole(&name) => {
            if let Some(value) = members.get_mut("value").filter(|value| !value.is_object()) {
                flat.push((name, value.take()));
                return;
            }
            for (inner, value) in members {
                put(flat, format!("{name}.{inner}"), value, depth + 1);
            }
        }
        Value::Array(items) if !items.is_empty() && items.iter().all(|item| item.get("value").is_some()) => {
            let primary = |item: &Value| item.get("primary").and_then(Value::as_bool) == Some(true);
            let (first, others): (Vec<_>, Vec<_>) = items.into_iter().partition(primary);
            let value = |mut item: Value| item.get_mut("value").map(Value::take).unwrap_or_default();
            flat.push((name, first.into_iter().chain(others).map(value).collect()));
        }
        value => flat.push((name, value)),
    }
}

fn is_whole(name: &str) -> bool {
    let structured = |kind: FieldKind| !kind.is_one_cell() || matches!(kind, FieldKind::WholeRange | FieldKind::Money);
    // Members that an export writes as one column.
    let of_export = name.ends_with(".click_ids") || name == "bant.budget.range";
    name == "bant" || of_export || LEAD_FIELDS.iter().any(|field| field.name == name && structured(field.kind))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn members_have_their_whole_path() {
        let Value::Object(given) = json!({
            "properties": {"email": {"value": "a@example.com", "versions": []}, "company": {"name": "Acme"}},
            "phone": [{"label": "home", "value": "2"}, {"value": "1", "primary": true}],
            "custom": {"tier": "gold"},
            "tags": ["a", "b"],
        }) else {
            panic!()
        };
        let flat: Vec<(String, Value)> = flatten(given);
        let expected = [
            ("properties.email", json!("a@example.com")),
            ("properties.company.name", json!("Acme")),
            ("phone", json!(["1", "2"])),
            ("custom", json!({"tier": "gold"})),
            ("tags", json!(["a", "b"])),
        ];
        assert_eq!(flat, expected.map(|(name, value)| (name.to_owned(), value)));
    }
}
