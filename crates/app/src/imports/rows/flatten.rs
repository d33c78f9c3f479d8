//! Objects within objects, as columns.

use std::collections::HashSet;

use leadwright_domain::leads::{FieldKind, LEAD_FIELDS, Target, field_for_header};
use serde_json::{Map, Value};

/// How many objects within objects are looked into.
const DEEPEST: usize = 5;
/// How many bytes the path of an object has that is looked into: each member takes it along.
pub(super) const LONGEST_PATH: usize = 250;
/// What lists of fields with names are called.
const OF_FIELDS: &[&str] = &[
    "fielddata",
    "custom",
    "customfield",
    "customfields",
    "customfieldvalues",
    "customattributes",
    "customproperties",
    "customdata",
    "additionalfields",
    "extrafields",
    "formfields",
    "fieldvalues",
    "fields",
    "attributes",
    "properties",
    "answers",
    "responses",
    "questions",
];

/// The members of an object, those of objects within it by their whole path: `address.city`. A field of ours that is an
/// object itself stays whole, and so does one whose path is endless. Of `{"value": …, …}` the value counts, of a list of such
/// all their values.
pub(in crate::imports) fn flatten(members: Map<String, Value>) -> Vec<(String, Value)> {
    let mut flat = Vec::with_capacity(members.len());
    for (name, value) in members {
        put(&mut flat, name, value, 0);
    }
    flat
}

fn put(flat: &mut Vec<(String, Value)>, name: String, value: Value, depth: usize) {
    match value {
        value if name.len() > LONGEST_PATH => flat.push((name, value)),
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
        Value::Array(items) if !items.is_empty() && items.iter().all(Value::is_object) => {
            let is_plain = items.iter().all(|item| item.get("value").is_some());
            let keys = if is_plain { &["value"][..] } else { keys_of(&name, &items) };
            let says_something = |value: &Value| is_plain || (!value.is_null() && !value.is_object());
            let key_of = |item: &Value| keys.iter().find(|key| item.get(**key).is_some_and(says_something)).copied();
            if items.iter().any(|item| key_of(item).is_none()) {
                flat.push((name, Value::Array(items)));
                return;
            }
            let primary = |item: &Value| item.get("primary").and_then(Value::as_bool) == Some(true);
            let (first, others): (Vec<_>, Vec<_>) = items.into_iter().partition(primary);
            let value = |mut item: Value| {
                let key = key_of(&item).unwrap_or_default();
                item.get_mut(key).map(Value::take).unwrap_or_default()
            };
            flat.push((name, first.into_iter().chain(others).map(value).collect()));
        }
        value => flat.push((name, value)),
    }
}

/// What the value of each object of a list is called. Systems call addresses and numbers by what they are, too; the list has to be
/// called so as well. Lists of other things are many, and what a list is called takes longer to tell than what its first object
/// holds: so that is asked first, of the first one alone, and each of them is looked at when its value is taken.
fn keys_of(list: &str, items: &[Value]) -> &'static [&'static str] {
    const ADDRESSES: &[&str] = &["value", "email", "emailAddress", "address"];
    const NUMBERS: &[&str] =
        &["value", "sanitized_number", "phone", "number", "phoneNumber", "phone_number", "raw_number"];
    let is_among = |keys: &[&str]| items.first().is_some_and(|item| keys.iter().any(|key| item.get(key).is_some()));
    if !is_among(ADDRESSES) && !is_among(NUMBERS) {
        return &[];
    }
    match field_for_header(list) {
        Some(Target::Field("email")) => ADDRESSES,
        Some(Target::Field("phone")) => NUMBERS,
        _ => &[],
    }
}

/// Whether a list holds values that are called otherwise than each other, as forms and programs with fields of one's own write
/// them: `[{"name": "email", "values": ["…"]}]`. In other lists names are anything people write, and would be columns without end.
fn are_named(list: &str, items: &[Value]) -> bool {
    fn name_of(item: &Value) -> Option<&str> {
        item.get("value").or_else(|| item.get("values"))?;
        item.get("name").and_then(Value::as_str).filter(|name| !name.trim().is_empty())
    }
    if items.is_empty() || !is_of_fields(list) {
        return false;
    }
    let mut names = HashSet::with_capacity(items.len());
    items.iter().all(|item| name_of(item).is_some_and(|name| names.insert(name)))
}

/// Whether a list is called one of fields, however that is written: `customFields`, `lead.field_data`.
fn is_of_fields(list: &str) -> bool {
    let last = list.rsplit('.').next().unwrap_or(list);
    let letters = || last.chars().filter(|c| c.is_alphanumeric()).map(|c| c.to_ascii_lowercase());
    OF_FIELDS.iter().any(|known| letters().eq(known.chars()))
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
            "phone_numbers": [{"raw_number": "+1 415", "sanitized_number": "+1415", "type": "mobile"},
                {"raw_number": "+1 202", "sanitized_number": null}],
            "contact_emails": [{"email": "w@x.example", "type": "office"}, {"email": "h@x.example", "primary": true}],
            "orders": [{"number": 5, "email": "x@y.example"}],
            "note_attributes": [{"name": "a@example.com wrote", "value": "x"}, {"name": "4711", "value": "y"}],
            "form": {"answers": [{"name": "Size", "value": "5"}]},
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
            ("phone_numbers", json!(["+1415", "+1 202"])),
            ("contact_emails", json!(["h@x.example", "w@x.example"])),
            ("orders", json!([{"number": 5, "email": "x@y.example"}])),
            ("note_attributes", json!(["x", "y"])),
            ("form.answers.Size", json!("5")),
        ];
        assert_eq!(flat, expected.map(|(name, value)| (name.to_owned(), value)));
    }

    #[test]
    fn a_long_name_is_not_taken_along_by_each_member() {
        let many: Map<_, _> = (0..2_000).map(|n| (n.to_string(), json!(n))).collect();
        let listed: Vec<_> = (0..2_000).map(|n| json!({"name": n.to_string(), "value": n})).collect();
        let within = json!({"b".repeat(400_000): many.clone()});
        for (name, held) in [
            ("x".repeat(400_000), json!(many)),
            ("a".to_owned(), within),
            (format!("{}.fields", "x".repeat(400_000)), json!(listed)),
        ] {
            let flat = flatten(Map::from_iter([(name, held)]));
            let size: usize = flat.iter().map(|(name, _)| name.len()).sum();
            assert!(flat.len() == 1 && size <= 400_010, "{} columns, {size} bytes", flat.len());
        }
    }
}
