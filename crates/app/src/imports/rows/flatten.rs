//! Objects within objects, as columns.

use std::collections::HashSet;

use leadwright_domain::leads::{FieldKind, LEAD_FIELDS, Target, field_for_header};
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
        Value::Array(items) if are_named(&name, &items) => {
            for item in items {
                let Value::Object(mut item) = item else { continue };
                let inner = item.remove("name").as_ref().and_then(Value::as_str).unwrap_or_default().to_owned();
                let value = item.remove("value").or_else(|| item.remove("values")).unwrap_or_default();
                // The fields of a form are the columns themselves.
                flat.push((if name.ends_with("field_data") { inner } else { format!("{name}.{inner}") }, alone(value)));
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

/// Whether a list holds values that are called otherwise than each other, as forms and programs with fields of one's own write
/// them: `[{"name": "email", "values": ["…"]}]`. What is a field of ours has kinds, not names.
fn are_named(list: &str, items: &[Value]) -> bool {
    let name_of = |item: &Value| {
        let has_value = item.get("value").or_else(|| item.get("values")).is_some();
        item.get("name").and_then(Value::as_str).filter(|name| has_value && !name.trim().is_empty()).map(str::to_owned)
    };
    let names: Vec<String> = items.iter().map_while(name_of).collect();
    let is_field = || field_for_header(list).is_some_and(|target| target != Target::Field("custom"));
    let are_different = || names.iter().collect::<HashSet<_>>().len() == names.len();
    !items.is_empty() && names.len() == items.len() && are_different() && !is_field()
}

/// The only one of a list of texts.
fn alone(value: Value) -> Value {
    match value {
        Value::Array(mut items) if items.len() == 1 && !items[0].is_object() => items.remove(0),
        other => other,
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
            "field_data": [{"name": "full_name", "values": ["Ann Lee"]}, {"name": "interests", "values": ["x", "y"]}],
            "customFields": [{"id": 1, "name": "Size", "value": "5"}, {"id": 2, "name": "Colour", "value": null}],
            "emails": [{"name": "home", "value": "a"}, {"name": "work", "value": "b"}],
            "labels": [{"name": "VIP", "value": "vip"}],
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
            ("full_name", json!("Ann Lee")),
            ("interests", json!(["x", "y"])),
            ("customFields.Size", json!("5")),
            ("customFields.Colour", Value::Null),
            ("emails", json!(["a", "b"])),
            ("labels", json!(["vip"])),
        ];
        assert_eq!(flat, expected.map(|(name, value)| (name.to_owned(), value)));
    }
}
